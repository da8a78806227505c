//! The blocks of an article -> its text: paragraphs and headings with empty lines between, list items as "• …" lines, terms as
//! "term: definition", tables of data as [`super::table`] says, a number and its label in boxes of their own as one line.

use super::block::Block;
use super::body::Body;
use super::table;
use super::tag::Tag;
use super::tree::Tree;
use super::words::words;

/// A label beside a number that stands alone is at most so long, in letters and marks.
const LABEL: u32 = 60;
/// Boxes that a number may stand in within the box of number and label.
const BOXES: usize = 3;

/// The text of an article.
pub(super) fn text(tree: &Tree, body: &Body) -> String {
    let mut out = Text::default();
    let mut at = 0;
    let mut item_before = None;
    while let Some(block) = body.blocks.get(at) {
        at += 1;
        let places = Places::of(tree, body, block.owner);
        if let Some(table) = places.table {
            let lines = table::lines(tree, table, &body.gone);
            out.push(&lines.join("\n"), false);
            let end = tree.nodes[table].end as usize;
            while body.blocks.get(at).is_some_and(|b| b.owner < end) {
                at += 1;
            }
            continue;
        }
        let tag = tree.nodes[block.owner].tag;
        let mut line = words(tree, block.nodes.clone(), tag == Tag::Preformatted);
        if line.is_empty() {
            continue;
        }
        if let Some(next) = body.blocks.get(at)
            && let Some(joined) = joined(tree, block, &line, next)
        {
            line = joined;
            at += 1;
        }
        match places.item {
            Some(item) => {
                let follows = item_before.is_some();
                if item_before != Some(item) {
                    line.insert_str(0, "• ");
                }
                out.push(&line, follows);
            }
            None => out.push(&line, false),
        }
        item_before = places.item;
    }
    out.0
}

/// A block and the next as one line, where they are two parts of it.
fn joined(tree: &Tree, block: &Block, line: &str, next: &Block) -> Option<String> {
    let tag = |b: &Block| tree.nodes[b.owner].tag;
    let text = || words(tree, next.nodes.clone(), false);
    if tag(block) == Tag::Term && tag(next) == Tag::Definition {
        return Some(format!("{}: {}", line.trim_end_matches(':'), text()));
    }
    let in_boxes = !matches!(tag(block), Tag::Heading(_) | Tag::Item)
        || !matches!(tag(next), Tag::Heading(_) | Tag::Item);
    let short = block.size <= LABEL && next.size <= LABEL && !block.ends && !next.ends;
    if !short || !in_boxes || !share_a_box(tree, block.owner, next.owner) {
        return None;
    }
    let text = text();
    match (is_number(line), is_number(&text)) {
        (true, false) => Some(format!("{line} {text}")),
        (false, true) => Some(format!("{}: {text}", line.trim_end_matches(':'))),
        _ => None,
    }
}

/// True if some box holds these two and nothing else.
fn share_a_box(tree: &Tree, a: usize, b: usize) -> bool {
    let mut outer = a;
    for _ in 0..BOXES {
        let node = tree.nodes[outer];
        if (outer..node.end as usize).contains(&b) {
            let texts = tree
                .within(outer)
                .filter(|at| tree.nodes[*at].tag == Tag::Text && !tree.text(*at).trim().is_empty());
            return outer != 0 && texts.take(9).count() <= 4;
        }
        outer = node.parent as usize;
    }
    false
}

/// "5,400", "1.2M", "45%", "> 300": a number and no word.
fn is_number(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    line.len() <= 20
        && letters <= 1
        && line.starts_with(|c: char| c.is_ascii_digit() || "+<>~≈".contains(c))
        && line.contains(|c: char| c.is_ascii_digit())
        && !line.contains([':', '/'])
}

/// Where a block stands: in a table of data, in an item of a list.
struct Places {
    table: Option<usize>,
    item: Option<usize>,
}

impl Places {
    fn of(tree: &Tree, body: &Body, owner: usize) -> Self {
        let mut places = Places {
            table: None,
            item: None,
        };
        let mut at = owner;
        while at > 0 {
            let tag = tree.nodes[at].tag;
            if body.data[at] {
                places.table = Some(at);
            }
            if tag == Tag::Item && places.item.is_none() {
                places.item = Some(at);
            }
            at = tree.nodes[at].parent as usize;
        }
        places
    }
}

/// The text so far.
#[derive(Default)]
struct Text(String);

impl Text {
    /// Adds a line; an item right after another without an empty line between.
    fn push(&mut self, line: &str, follows: bool) {
        if line.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push_str(if follows { "\n" } else { "\n\n" });
        }
        self.0.push_str(line);
    }
}
