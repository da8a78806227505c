//! Blocks of a page -> those of its article.
//!
//! 1. What names itself no article (menus, asides, comments, banners: `data/page.toml`) is gone, unless the article stands in it.
//! 2. The root is the element that holds the article: the one that says so, else the box with most of the prose.
//! 3. What stands between the headline and the root, and plain prose right after it, belongs to the article too.
//! 4. In the root, lists of links, teasers of other stories, and what follows headings such as "Related" are gone.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::block::Block;
use super::page::Page;
use super::tag::Tag;
use super::tree::Tree;
use super::{pair, short_text};
use crate::data;

/// A line by its beginning that is no part of an article is at most so long, in letters and marks.
const LINE: u32 = 250;
/// A line beside the headline is at most so long; so many of them in so many boxes around it.
const BESIDE: u32 = 80;
const LINES: usize = 6;
const BOXES: usize = 3;
/// Words that are said twice in a page are said once in the article, from this length on.
const TWICE: usize = 40;

/// The article in a page.
pub(super) struct Body {
    /// What belongs to it, in order.
    pub(super) blocks: Vec<Block>,
    /// Short lines around the headline: who wrote it, and when.
    pub(super) lines: Vec<String>,
    /// There is more than a headline: prose, a list, a table.
    pub(super) has_article: bool,
    /// The headline, where it stands in the page.
    pub(super) headline: Option<String>,
    /// Where the article stands, from its headline on.
    pub(super) from: usize,
    pub(super) to: usize,
    /// By node: no part of the article.
    pub(super) gone: Vec<bool>,
    /// By node: a table of data.
    pub(super) data: Vec<bool>,
}

impl Body {
    /// All of a page.
    pub(super) fn all(tree: &Tree) -> Body {
        let page = Page::new(tree);
        Body {
            blocks: page.blocks,
            lines: Vec::new(),
            has_article: true,
            headline: None,
            from: 0,
            to: tree.len(),
            gone: page.gone,
            data: page.data,
        }
    }

    /// Where the second paragraph begins, else where the article ends.
    pub(super) fn second_paragraph(&self) -> usize {
        let mut prose = self.blocks.iter().filter(|block| block.prose() > 0);
        prose.nth(1).map_or(self.to, |block| block.nodes.start)
    }
}

/// Finds the article.
pub(super) fn body(tree: &Tree) -> Body {
    let mut page = Page::new(tree);
    page.drop_around();
    page.weigh();
    let root = page.root();
    let headline = page.headline(root);
    page.prune(root, headline);
    page.take(root, headline)
}

/// What a block makes with its neighbour.
#[derive(Clone, Copy, PartialEq)]
enum Pair {
    None,
    /// "602 deaths".
    Figure,
    /// "12 comments".
    Count,
}

impl Page<'_> {
    /// The blocks of the article.
    fn take(self, root: usize, headline: Option<usize>) -> Body {
        let (start, end) = (root, self.tree.nodes[root].end as usize);
        let before = headline.filter(|at| *at < start);
        let from = before.unwrap_or(start);
        // what holds the headline and the root, or the article around the root
        let scope = before.map_or_else(|| self.article_around(root), |h| self.common(h, root));
        let of_data = self.of_data();
        let mut lines = Vec::new();
        let mut blocks = Vec::new();
        let mut said = HashSet::new();
        let (mut ended, mut spoken, mut has_article) = (false, false, false);
        let mut to = end;
        if let Some(headline) = headline {
            lines.extend(self.lines_above(headline));
        }
        let pairs = self.pairs(from);
        for (i, (block, out)) in self.blocks.iter().zip(&self.out).enumerate() {
            let owner = block.owner;
            if owner < from && owner != root || owner >= self.tree.nodes[scope].end as usize {
                continue;
            }
            if *out {
                // who and when may stand in a box that names itself so
                if !spoken && blocks.len() < 3 && block.size < BESIDE && !self.data[owner] {
                    lines.push(self.words_of(block));
                }
                continue;
            }
            let tag = self.tree.nodes[owner].tag;
            let is_headline = headline.is_some_and(|h| self.holds(h, owner));
            let listed = self.is_listed(owner) || of_data[owner];
            let at_end = block.nodes.start >= end;
            if at_end && !(self.holds(root, owner)) {
                let plain = block.linked == 0 && (block.prose() > 0 || listed);
                ended |= !plain;
                if ended {
                    continue;
                }
                to = block.nodes.end;
            }
            let text = self.words_of(block);
            // before the first sentence of the article stands who wrote it
            let begun = spoken || headline.is_none();
            let keep = match pairs[i] {
                Pair::Figure => true,
                Pair::Count => false,
                Pair::None if is_headline => true,
                Pair::None if is_no_part(block, &text, listed, tag) => false,
                Pair::None if begun && block.nodes.start >= start => true,
                Pair::None => {
                    let says = reads_on(&text) || is_figure(&text);
                    block.prose() > 0 || listed || is_subtitle(tag) || says
                }
            };
            if !keep {
                if !spoken {
                    lines.push(text);
                }
                continue;
            }
            if text.len() >= TWICE && !of_data[owner] && !said.insert(xxh3_64(text.as_bytes())) {
                continue;
            }
            spoken |= block.prose() > 0 && !is_headline;
            has_article |= (block.prose() > 0 || listed) && !is_headline;
            blocks.push(block.clone());
        }
        let headline = headline
            .map(|at| short_text(self.tree, at))
            .filter(|text| !text.is_empty());
        Body {
            blocks,
            lines,
            has_article,
            headline,
            from,
            to,
            gone: self.gone,
            data: self.data,
        }
    }

    /// Short lines in the boxes around the headline, above it.
    fn lines_above(&self, headline: usize) -> Vec<String> {
        let mut outer = headline;
        for _ in 0..BOXES {
            let parent = self.parent(outer);
            if parent == 0 || self.tree.nodes[parent].tag == Tag::Body {
                break;
            }
            outer = parent;
        }
        let above = |block: &&Block| (outer..headline).contains(&block.nodes.start);
        let blocks = self.blocks.iter().filter(above);
        let short = blocks.filter(|b| b.size < BESIDE && b.linked == 0 && b.prose() == 0);
        short.take(LINES).map(|b| self.words_of(b)).collect()
    }

    /// By block: a number with its label.
    fn pairs(&self, from: usize) -> Vec<Pair> {
        let mut pairs = vec![Pair::None; self.blocks.len()];
        for i in 1..self.blocks.len() {
            let (one, two) = (&self.blocks[i - 1], &self.blocks[i]);
            if one.owner < from || self.out[i - 1] || self.out[i] || pairs[i - 1] != Pair::None {
                continue;
            }
            if let Some(line) = pair::joined(self.tree, one, two) {
                let is_count = data::get().page.is_count(&line);
                let pair = if is_count { Pair::Count } else { Pair::Figure };
                (pairs[i - 1], pairs[i]) = (pair, pair);
            }
        }
        pairs
    }

    fn article_around(&self, root: usize) -> usize {
        let mut at = root;
        while at > 0 && self.tree.nodes[at].tag != Tag::Article {
            at = self.parent(at);
        }
        if at == 0 { root } else { at }
    }

    /// True for a line of a list.
    fn is_listed(&self, mut owner: usize) -> bool {
        for _ in 0..4 {
            if matches!(
                self.tree.nodes[owner].tag,
                Tag::Item | Tag::Term | Tag::Definition
            ) {
                return true;
            }
            owner = self.parent(owner);
        }
        false
    }
}

/// Links, "Read more", "12 comments", a lonely "Share".
fn is_no_part(block: &Block, text: &str, listed: bool, tag: Tag) -> bool {
    let page = &data::get().page;
    if block.size <= LINE && (page.is_no_line(text) || page.is_count(text)) {
        return true;
    }
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return true;
    }
    if listed {
        return false; // lists are judged as a whole
    }
    if matches!(tag, Tag::Heading(_)) {
        return page.ends_articles(text);
    }
    let lonely = matches!(
        tag,
        Tag::Block | Tag::Article | Tag::Body | Tag::Main | Tag::Header | Tag::Form
    ) && block.words < 4
        && !block.ends
        && !text.contains(|c: char| c.is_ascii_digit());
    block.is_link() || lonely
}

/// More words in small letters than names and numbers: no line that says who wrote it, and when.
fn reads_on(text: &str) -> bool {
    let words = text.split_whitespace();
    let small = words.clone().filter(|w| w.starts_with(char::is_lowercase));
    let (small, all) = (small.count(), words.count());
    all >= 5 && small * 2 >= all
}

/// "602 deaths".
fn is_figure(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words
        .next()
        .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        && words
            .next()
            .is_some_and(|w| w.starts_with(char::is_lowercase))
        && words.count() <= 6
}

fn is_subtitle(tag: Tag) -> bool {
    matches!(tag, Tag::Heading(2 | 3))
}
