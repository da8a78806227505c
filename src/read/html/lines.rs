//! The blocks of an article -> its text: paragraphs and headings with empty lines between, list items as "• …" lines, terms as
//! "term: definition", tables of data as [`super::table`] says, a number and its label in boxes of their own as one line.

use super::block::Block;
use super::body::Body;
use super::pair;
use super::table;
use super::tag::Tag;
use super::tree::Tree;
use super::words::words;

/// Lines in which the day of publication may stand.
const HEAD: usize = 12;

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

/// A term and what it is, a number and its label.
fn joined(tree: &Tree, block: &Block, line: &str, next: &Block) -> Option<String> {
    let tag = |b: &Block| tree.nodes[b.owner].tag;
    if tag(block) == Tag::Term && tag(next) == Tag::Definition {
        let text = words(tree, next.nodes.clone(), false);
        return Some(format!("{}: {text}", line.trim_end_matches(':')));
    }
    pair::joined(tree, block, next)
}

/// The first lines that are neither of a table nor of a list.
pub(super) fn head(tree: &Tree, body: &Body) -> String {
    let own = |block: &&Block| {
        let places = Places::of(tree, body, block.owner);
        places.table.is_none() && places.item.is_none()
    };
    let blocks = body.blocks.iter().filter(own).take(HEAD);
    let lines = blocks.map(|b| {
        words(
            tree,
            b.nodes.clone(),
            tree.nodes[b.owner].tag == Tag::Preformatted,
        )
    });
    lines.collect::<Vec<_>>().join("\n")
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
