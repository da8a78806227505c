//! A tree -> its blocks: runs of words that no box, no empty line and no line across the page breaks.

use std::ops::Range;

use super::mark;
use super::tag::Tag;
use super::tree::Tree;

/// A run of words.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The innermost element around it that is no part of a line.
    pub(super) owner: usize,
    /// Its nodes: text, and elements within the line.
    pub(super) nodes: Range<usize>,
    /// Letters, digits and marks.
    pub(super) size: u32,
    /// Those of them in links to other pages.
    pub(super) linked: u32,
    /// Those of them in elements that name what surrounds articles.
    around: u32,
    pub(super) words: u32,
    /// It ends as a sentence does.
    pub(super) ends: bool,
}

impl Block {
    /// How much of an article's prose it is.
    pub(super) fn prose(&self) -> u32 {
        let own = self.size.saturating_sub(self.linked.max(self.around));
        let is_prose = own >= 80 || self.ends && self.words >= 4;
        if is_prose && own * 2 > self.size {
            own
        } else {
            0
        }
    }

    /// True if most of it is a link or names itself no part of an article.
    pub(super) fn is_around(&self) -> bool {
        self.around * 2 > self.size
    }

    pub(super) fn is_link(&self) -> bool {
        self.linked * 4 > self.size * 3
    }
}

/// Marks that a sentence may end with.
fn is_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '"' | '”' | '»' | ')'
    )
}

/// The blocks in the order of the page.
pub(super) fn blocks(tree: &Tree) -> Vec<Block> {
    let mut out = Vec::new();
    let mut flow = Flow::default();
    let mut inherited = vec![Inherited::default(); tree.len()];
    let mut at = 1;
    while at < tree.len() {
        let node = tree.nodes[at];
        let parent = node.parent as usize;
        let above = inherited[parent];
        let within_line = parent != 0 && tree.nodes[parent].tag.is_inline();
        let own = Inherited {
            owner: if within_line { above.owner } else { parent },
            linked: above.linked || node.has(mark::LINK),
            around: node.tag.is_inline() && (within_line && above.around || node.has(mark::AROUND)),
        };
        inherited[at] = own;
        if node.tag == Tag::Gone || node.tag.is_inline() && node.has(mark::HIDDEN) {
            at = node.end as usize;
            continue;
        }
        if node.tag.is_inline() {
            if flow.owner != own.owner {
                flow.close(&mut out);
            }
            flow.owner = own.owner;
            if flow.nodes.is_empty() {
                flow.nodes = at..at;
            }
            match node.tag {
                Tag::Text => flow.add(tree.text(at), at, own),
                Tag::Break => flow.line_end(&mut out),
                _ => {}
            }
        } else {
            flow.close(&mut out);
        }
        at += 1;
    }
    flow.close(&mut out);
    out
}

/// What a node has from those around it.
#[derive(Clone, Copy, Default)]
struct Inherited {
    owner: usize,
    linked: bool,
    around: bool,
}

/// The block being read.
#[derive(Default)]
struct Flow {
    owner: usize,
    nodes: Range<usize>,
    size: u32,
    linked: u32,
    around: u32,
    words: u32,
    last: Option<char>,
    breaks: u32,
}

impl Flow {
    fn add(&mut self, text: &str, node: usize, own: Inherited) {
        let mut size = 0;
        let mut in_word = false;
        for c in text.chars() {
            if c.is_whitespace() {
                in_word = false;
                continue;
            }
            // scripts without spaces say in one letter what takes others several
            let dense = c >= '\u{2e80}';
            size += 1 + u32::from(dense);
            self.words += u32::from(dense || !in_word);
            in_word = true;
            self.last = Some(c);
        }
        if size > 0 {
            self.breaks = 0;
            self.nodes.end = node + 1;
        }
        self.size += size;
        self.linked += if own.linked { size } else { 0 };
        self.around += if own.around { size } else { 0 };
    }

    /// Two line ends in a row make an empty line.
    fn line_end(&mut self, out: &mut Vec<Block>) {
        self.breaks += 1;
        if self.breaks > 1 {
            self.close(out);
        }
    }

    fn close(&mut self, out: &mut Vec<Block>) {
        let flow = std::mem::take(self);
        if flow.size > 0 {
            out.push(Block {
                owner: flow.owner,
                nodes: flow.nodes,
                size: flow.size,
                linked: flow.linked,
                around: flow.around,
                words: flow.words,
                ends: flow.last.is_some_and(is_end),
            });
        }
    }
}
