//! content.xml -> a story.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::story::Story;
use super::{Parsed, Parts, attribute, broken_xml, char};

/// What is passed over with all that stands in it.
const PASSED_OVER: [&str; 9] = [
    "tracked-changes",
    "annotation",
    "table-of-content",
    "note-citation",
    "title",
    "desc",
    "sequence-decls",
    "forms",
    "scripts",
];
/// Blanks that one element may stand for.
const BLANKS: usize = 64;
/// The style of a title.
const TITLE: &str = "Title";

/// The story that a document tells.
pub(super) fn story(parts: &mut Parts) -> Parsed<Story> {
    let xml = parts.main("content.xml")?;
    let mut teller = Teller::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        let event = reader.read_event().map_err(|_| broken_xml(&reader))?;
        match event {
            Event::Eof => return Ok(teller.story),
            Event::Start(start) => {
                if PASSED_OVER.contains(&start.local_name().as_ref()) {
                    let passed = reader.read_to_end(start.name());
                    passed.map_err(|_| broken_xml(&reader))?;
                } else {
                    teller.start(&start)?;
                }
            }
            Event::Empty(start) => {
                teller.start(&start)?;
                teller.end(start.local_name().as_ref());
            }
            Event::End(end) => teller.end(end.local_name().as_ref()),
            Event::Text(words) => teller.say(&words)?,
            Event::CData(words) => teller.say(&words)?,
            Event::GeneralRef(reference) => {
                let mut bytes = [0; 4];
                if let Some(char) = char(&reference) {
                    teller.say(char.encode_utf8(&mut bytes))?;
                }
            }
            _ => {}
        }
    }
}

/// Hears the events of the XML.
#[derive(Default)]
struct Teller {
    story: Story,
    /// The style that is being described, and those that raise letters or rest on the style of titles.
    style: String,
    raising: HashSet<String>,
    titles: HashSet<String>,
    /// For each open span, whether it raises.
    spans: Vec<bool>,
    /// An item of a list begins.
    item: bool,
    /// What the open footnote says.
    note: Option<String>,
}

impl Teller {
    fn say(&mut self, words: &str) -> Parsed<()> {
        let raised = self.spans.contains(&true);
        if raised && !words.contains(char::is_alphabetic) {
            return Ok(());
        }
        // line ends in the XML are blanks
        let words = words.replace(['\n', '\r', '\t'], " ");
        match &mut self.note {
            Some(note) => {
                note.push_str(&words);
                Ok(())
            }
            None => self.story.say(&words),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Parsed<()> {
        let name = start.local_name();
        match name.as_ref() {
            "style" => {
                self.style = attribute(start, "name").unwrap_or_default();
                if attribute(start, "parent-style-name").is_some_and(|p| p == TITLE) {
                    self.titles.insert(self.style.clone());
                }
            }
            "text-properties" if raises(start) => {
                self.raising.insert(self.style.clone());
            }
            "p" | "h" if self.note.is_none() => {
                self.story.begin()?;
                let style = attribute(start, "style-name").unwrap_or_default();
                let bullet = std::mem::take(&mut self.item);
                if let Some(paragraph) = self.story.paragraph() {
                    paragraph.bullet = bullet;
                    paragraph.is_title = style == TITLE || self.titles.contains(&style);
                }
            }
            "list-item" => self.item = true,
            "table" => self.story.begin_table()?,
            "table-row" => self.story.begin_row(),
            "table-cell" => self.story.begin_cell(1),
            // the cells that the one before spans
            "covered-table-cell" => self.story.widen_cell(2),
            "span" => {
                let style = attribute(start, "style-name").unwrap_or_default();
                self.spans.push(self.raising.contains(&style));
            }
            "s" => {
                let blanks = attribute(start, "c")
                    .and_then(|c| c.parse().ok())
                    .unwrap_or(1);
                self.say(&" ".repeat(blanks.min(BLANKS)))?;
            }
            "tab" => self.say("  ")?,
            "line-break" => self.story.say("\n")?,
            "note-body" => self.note = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => match &mut self.note {
                Some(note) => note.push(' '),
                None => self.story.end(),
            },
            "list-item" => self.item = false,
            "table" => self.story.end_table(),
            "span" => {
                self.spans.pop();
            }
            "note-body" => {
                let note = self.note.take();
                if let Some(paragraph) = self.story.paragraph() {
                    paragraph.notes.extend(note);
                }
            }
            _ => {}
        }
    }
}

/// Letters of this style stand higher than the line.
fn raises(start: &BytesStart<'_>) -> bool {
    attribute(start, "text-position").is_some_and(|p| p.starts_with("super"))
}
