//! A number and its label in boxes of their own, as on boards of key figures -> one line.

use super::block::Block;
use super::tag::Tag;
use super::tree::Tree;
use super::words::words;

/// A label is at most so long, in letters and marks.
const LABEL: u32 = 60;
/// Boxes that each of them may stand in.
const BOXES: usize = 3;

/// A block and the next as one line, "602 deaths" or "Displaced: 140,800", if some box holds the two and nothing else.
pub(super) fn joined(tree: &Tree, block: &Block, next: &Block) -> Option<String> {
    let tag = |b: &Block| tree.nodes[b.owner].tag;
    let apart = |b: &Block| matches!(tag(b), Tag::Item | Tag::Term | Tag::Cell | Tag::HeadCell);
    let short = |b: &Block| b.size <= LABEL && !b.ends && b.linked == 0;
    if !short(block) || !short(next) || apart(block) || apart(next) {
        return None;
    }
    let is_short_number = |b: &Block| b.words <= 2 && b.size <= 16;
    if !is_short_number(block) && !is_short_number(next) || !share_a_box(tree, block, next) {
        return None;
    }
    let line = words(tree, block.nodes.clone(), false);
    let text = words(tree, next.nodes.clone(), false);
    match (is_number(&line), is_number(&text)) {
        (true, false) => Some(format!("{line} {text}")),
        (false, true) => Some(format!("{}: {text}", line.trim_end_matches(':'))),
        _ => None,
    }
}

fn share_a_box(tree: &Tree, block: &Block, next: &Block) -> bool {
    let mut outer = block.owner;
    for _ in 0..BOXES {
        let node = tree.nodes[outer];
        if (outer..node.end as usize).contains(&next.owner) {
            let own = block.nodes.start..next.nodes.end;
            let mut others = tree.within(outer).filter(|at| !own.contains(at));
            // a page of one box has more nodes than a card
            return outer != 0
                && others
                    .by_ref()
                    .take(40)
                    .all(|at| tree.nodes[at].tag != Tag::Text || tree.text(at).trim().is_empty())
                && others.next().is_none();
        }
        outer = node.parent as usize;
    }
    false
}

/// "5,400", "1.2M", "45%", "> 300": a number and no word.
fn is_number(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let begins = |c: char| c.is_ascii_digit() || "+<>~≈".contains(c);
    letters <= 1
        && line.starts_with(begins)
        && line.contains(|c: char| c.is_ascii_digit())
        && !line.contains([':', '/'])
}
