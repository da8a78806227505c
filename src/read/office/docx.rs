//! word/document.xml and word/footnotes.xml -> a story.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::story::Story;
use super::{Parsed, Parts, attribute, broken_xml, char};

/// What is passed over with all that stands in it: text moved away, the same again for old programs, the marks of fields.
const PASSED_OVER: [&str; 6] = [
    "moveFrom",
    "del",
    "Fallback",
    "instrText",
    "rPrChange",
    "pPrChange",
];
/// Styles of a table of contents, of titles and of lists begin with these.
const CONTENTS: &str = "toc";
const TITLE: &str = "title";
const LIST: &str = "list";

/// The story that a document tells.
pub(super) fn story(parts: &mut Parts) -> Parsed<Story> {
    let notes = match parts.read("word/footnotes.xml")? {
        Some(xml) => notes(&xml)?,
        None => HashMap::new(),
    };
    let xml = parts.main("word/document.xml")?;
    let mut teller = Teller {
        notes,
        ..Teller::default()
    };
    teller.tell(&xml)?;
    Ok(teller.story)
}

/// What the footnotes say, by their ids.
fn notes(xml: &str) -> Parsed<HashMap<String, String>> {
    let mut notes = HashMap::new();
    let mut teller = Teller::default();
    let mut reader = Reader::from_str(xml);
    let mut id = None;
    loop {
        let event = reader.read_event().map_err(|_| broken_xml(&reader))?;
        match &event {
            Event::Eof => return Ok(notes),
            Event::Start(start) if start.local_name().as_ref() == "footnote" => {
                // the lines that part notes from the text have a type
                id = attribute(start, "type")
                    .is_none()
                    .then(|| attribute(start, "id"))
                    .flatten();
            }
            Event::End(end) if end.local_name().as_ref() == "footnote" => {
                let text = std::mem::take(&mut teller.story.layout).text();
                if let Some(id) = id.take() {
                    let lines: Vec<&str> = text.split_whitespace().collect();
                    notes.insert(id, lines.join(" "));
                }
            }
            _ => {}
        }
        teller.hear(event, &mut reader)?;
    }
}

/// Hears the events of the XML.
#[derive(Default)]
struct Teller {
    story: Story,
    notes: HashMap<String, String>,
    /// In the text of a run.
    in_text: bool,
    /// The run is not shown.
    hidden: bool,
    /// The run is raised.
    raised: bool,
}

impl Teller {
    fn tell(&mut self, xml: &str) -> Parsed<()> {
        let mut reader = Reader::from_str(xml);
        loop {
            let event = reader.read_event().map_err(|_| broken_xml(&reader))?;
            if event == Event::Eof {
                return Ok(());
            }
            self.hear(event, &mut reader)?;
        }
    }

    fn hear(&mut self, event: Event<'_>, reader: &mut Reader<&[u8]>) -> Parsed<()> {
        match event {
            Event::Start(start) => {
                if PASSED_OVER.contains(&start.local_name().as_ref()) && !is_mark(&start) {
                    let passed = reader.read_to_end(start.name());
                    passed.map_err(|_| broken_xml(reader))?;
                    return Ok(());
                }
                self.start(&start)
            }
            Event::Empty(start) => {
                self.start(&start)?;
                self.end(start.local_name().as_ref());
                Ok(())
            }
            Event::End(end) => {
                self.end(end.local_name().as_ref());
                Ok(())
            }
            Event::Text(words) if self.in_text => self.say(&words),
            Event::CData(words) if self.in_text => self.say(&words),
            Event::GeneralRef(reference) if self.in_text => {
                let mut bytes = [0; 4];
                match char(&reference) {
                    Some(char) => self.say(char.encode_utf8(&mut bytes)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn say(&mut self, words: &str) -> Parsed<()> {
        let footnote = self.raised && !words.contains(char::is_alphabetic);
        if self.hidden || footnote {
            return Ok(());
        }
        self.story.say(words)
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Parsed<()> {
        match start.local_name().as_ref() {
            "p" => self.story.begin()?,
            "tbl" => self.story.begin_table()?,
            "tr" => self.story.begin_row(),
            "tc" => self.story.begin_cell(1),
            "gridSpan" => self.story.widen_cell(number(start)),
            "r" => (self.hidden, self.raised) = (false, false),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.story.say("  ")?,
            "br" | "cr" => self.story.say("\n")?,
            "noBreakHyphen" => self.story.say("-")?,
            "vanish" => self.hidden = is_on(start),
            "vertAlign" => {
                self.raised = attribute(start, "val").is_some_and(|v| v == "superscript");
            }
            "pStyle" => {
                let style = attribute(start, "val")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                if let Some(paragraph) = self.story.paragraph() {
                    paragraph.is_title |= style == TITLE;
                    paragraph.bullet |= style.starts_with(LIST);
                    paragraph.hidden |= style.starts_with(CONTENTS);
                }
            }
            "numId" => {
                let none = attribute(start, "val").is_some_and(|v| v == "0");
                if let Some(paragraph) = self.story.paragraph() {
                    paragraph.bullet = !none;
                }
            }
            "footnoteReference" => {
                let note = attribute(start, "id").and_then(|id| self.notes.remove(&id));
                if let Some(paragraph) = self.story.paragraph() {
                    paragraph.notes.extend(note);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.story.end(),
            "tbl" => self.story.end_table(),
            "t" => self.in_text = false,
            _ => {}
        }
    }
}

/// `<w:del/>` among the properties of a run marks it and holds nothing; `<w:del>…</w:del>` holds what was deleted.
fn is_mark(start: &BytesStart<'_>) -> bool {
    start.local_name().as_ref() == "del" && attribute(start, "id").is_none()
}

fn is_on(start: &BytesStart<'_>) -> bool {
    !attribute(start, "val").is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"))
}

fn number(start: &BytesStart<'_>) -> usize {
    attribute(start, "val")
        .and_then(|v| v.parse().ok())
        .unwrap_or(1)
}
