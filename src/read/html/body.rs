//! Blocks of a page -> those of its article.
//!
//! 1. What names itself no article (menus, asides, comments, banners: `data/page.toml`) is gone, unless the article stands in it.
//! 2. The root is the element that holds the article: the one that says so, else the box with most of the prose.
//! 3. What stands between the headline and the root, and plain prose right after it, belongs to the article too.
//! 4. In the root, lists of links, teasers of other stories, and what follows headings such as "Related" are gone.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::block::{Block, blocks};
use super::tag::Tag;
use super::tree::{Tree, mark};
use super::words::words;
use super::{pair, short_text, table};
use crate::data;

/// A line by its beginning that is no part of an article is at most so long, in letters and marks.
const LINE: u32 = 250;
/// A teaser of another story is at most so long.
const TEASER: u32 = 500;
/// Headings such as "Related", in one page.
const SECTIONS: usize = 100;
/// A headline is at most so long, and one of so many first headings.
const HEADLINE: u32 = 300;
const HEADINGS: usize = 200;
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

struct Page<'t> {
    tree: &'t Tree,
    blocks: Vec<Block>,
    /// By block: gone.
    out: Vec<bool>,
    data: Vec<bool>,
    gone: Vec<bool>,
    /// By node, its descendants' sums: prose, letters and marks, those in links.
    prose: Vec<u32>,
    size: Vec<u32>,
    linked: Vec<u32>,
}

impl<'t> Page<'t> {
    fn new(tree: &'t Tree) -> Self {
        let data = (0..tree.len())
            .map(|at| tree.nodes[at].tag == Tag::Table && table::is_data(tree, at))
            .collect();
        let blocks = blocks(tree);
        let mut page = Page {
            tree,
            out: vec![false; blocks.len()],
            blocks,
            data,
            gone: vec![false; tree.len()],
            prose: Vec::new(),
            size: Vec::new(),
            linked: Vec::new(),
        };
        page.weigh();
        page
    }

    /// Sums up what is not gone.
    fn weigh(&mut self) {
        let n = self.tree.len();
        (self.prose, self.size, self.linked) = (vec![0; n], vec![0; n], vec![0; n]);
        let of_data = self.of_data();
        for (block, out) in self.blocks.iter().zip(&mut self.out) {
            *out |= self.gone[block.owner] || block.is_around();
            if *out {
                continue;
            }
            self.prose[block.owner] += match block.prose() {
                0 if of_data[block.owner] => block.size - block.linked,
                prose => prose,
            };
            self.size[block.owner] += block.size;
            self.linked[block.owner] += block.linked;
        }
        for at in (1..n).rev() {
            let parent = self.tree.nodes[at].parent as usize;
            self.prose[parent] += self.prose[at];
            self.size[parent] += self.size[at];
            self.linked[parent] += self.linked[at];
        }
    }

    /// By node: stands in a table of data.
    fn of_data(&self) -> Vec<bool> {
        let mut of_data = self.data.clone();
        for at in 1..self.tree.len() {
            of_data[at] |= of_data[self.tree.nodes[at].parent as usize];
        }
        of_data
    }

    fn nodes_with(&self, is: impl Fn(usize) -> bool) -> Vec<usize> {
        (1..self.tree.len()).filter(|at| is(*at)).collect()
    }

    /// True if `inner` is `outer` or stands in it.
    fn holds(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.tree.nodes[outer].end as usize
    }

    fn parent(&self, node: usize) -> usize {
        self.tree.nodes[node].parent as usize
    }

    /// The element that surely is, or stands in, the article: what must not be lost, whatever the elements around it call themselves.
    fn core(&self) -> Option<usize> {
        let mut around = vec![false; self.tree.len()];
        for at in 1..self.tree.len() {
            around[at] = around[self.parent(at)] || self.names_no_article(at);
        }
        let total = self.prose[0];
        let node = |at: usize| self.tree.nodes[at];
        let says_so = |at: usize| node(at).has(mark::BODY) && !node(at).has(mark::AROUND);
        let best = |is: &dyn Fn(usize) -> bool, anywhere: bool| {
            let all = self.nodes_with(|at| is(at) && (anywhere || !around[at]));
            let best = all
                .iter()
                .copied()
                .max_by_key(|at| (self.prose[*at], usize::MAX - at))
                .filter(|at| self.prose[*at] > 0 && self.prose[*at] * 4 >= total)?;
            // the innermost that still has most of it, whatever stands between
            let mut inner = self.nodes_with(is).into_iter().rev();
            inner.find(|at| self.holds(best, *at) && self.prose[*at] * 2 >= self.prose[best])
        };
        let is = |tag: Tag| move |at: usize| node(at).tag == tag;
        let heading = || {
            let all = self.nodes_with(|at| node(at).tag == Tag::Heading(1) && !around[at]);
            all.first().copied()
        };
        best(&says_so, false)
            .or_else(|| best(&is(Tag::Article), false))
            .or_else(|| best(&is(Tag::Main), false))
            .or_else(heading)
            .or_else(|| best(&says_so, true))
            .or_else(|| best(&is(Tag::Article), true))
    }

    fn names_no_article(&self, at: usize) -> bool {
        let node = self.tree.nodes[at];
        !node.tag.is_inline()
            && (node.has(mark::AROUND | mark::HIDDEN)
                || matches!(
                    node.tag,
                    Tag::Nav | Tag::Footer | Tag::Aside | Tag::Header | Tag::Form
                ))
    }

    /// Drops what calls itself no article.
    fn drop_around(&mut self) {
        let core = self.core();
        let total = self.prose[0];
        let mut in_article = vec![false; self.tree.len()];
        for at in 1..self.tree.len() {
            let node = self.tree.nodes[at];
            in_article[at] = in_article[self.parent(at)]
                || matches!(node.tag, Tag::Article | Tag::Main);
            self.gone[at] = self.gone[self.parent(at)] || node.tag == Tag::Gone;
            if self.gone[at] || !self.names_no_article(at) {
                continue;
            }
            let within = core.is_some_and(|core| core != at && self.holds(core, at));
            let goes = match core {
                Some(core) if self.holds(at, core) => false,
                None if self.prose[at] * 2 > total => false,
                _ if node.has(mark::AROUND | mark::HIDDEN) => true,
                // the head of the article itself; a box of facts in it
                _ if in_article[at] && node.tag == Tag::Header => false,
                _ if within && node.tag == Tag::Aside => !self.is_fact_box(at),
                Some(core) if within && node.tag == Tag::Form => {
                    self.prose[at] * 2 < self.prose[core]
                }
                _ => true,
            };
            self.gone[at] = goes;
        }
    }

    /// A box of facts has a list or a table, and leads nowhere.
    fn is_fact_box(&self, at: usize) -> bool {
        self.linked[at] == 0
            && self
                .tree
                .within(at)
                .any(|i| matches!(self.tree.nodes[i].tag, Tag::List | Tag::Terms) || self.data[i])
    }

    /// The element that holds the article.
    fn root(&self) -> usize {
        let tag = |at: usize| self.tree.nodes[at].tag;
        let total = self.prose[0];
        let says_so = |at: usize| {
            let node = self.tree.nodes[at];
            node.has(mark::BODY) && !node.has(mark::AROUND) && !node.tag.is_inline()
        };
        let group = |is: &dyn Fn(usize) -> bool, share: u32| {
            let group = self.together(&self.outermost(is))?;
            (self.prose[group] > 0 && self.prose[group] * share >= total).then_some(group)
        };
        group(&says_so, 3)
            .or_else(|| group(&|at| tag(at) == Tag::Article, 3))
            .map(|root| if tag(root).is_box() { root } else { self.parent(root) })
            .or_else(|| group(&|at| tag(at) == Tag::Main, 3).map(|main| self.narrow(main)))
            .unwrap_or_else(|| self.narrow(0))
    }

    /// Those elements that are not gone and stand in no other of them.
    fn outermost(&self, is: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = 1;
        while at < self.tree.len() {
            if !self.gone[at] && is(at) {
                out.push(at);
                at = self.tree.nodes[at].end as usize;
            } else {
                at += 1;
            }
        }
        out
    }

    /// The one that has most of the prose, else what holds all that have some of it: the entries of a live blog, the parts of a story.
    fn together(&self, elements: &[usize]) -> Option<usize> {
        let sum: u32 = elements.iter().map(|at| self.prose[*at]).sum();
        let best = *elements.iter().rev().max_by_key(|at| self.prose[**at])?;
        let headed = elements.iter().copied().find(|at| {
            self.prose[*at] * 4 >= sum
                && self
                    .tree
                    .within(*at)
                    .any(|i| self.tree.nodes[i].tag == Tag::Heading(1) && !self.gone[i])
        });
        if let Some(headed) = headed.filter(|_| self.tree.nodes[best].tag == Tag::Article) {
            return Some(headed);
        }
        if self.prose[best] * 10 >= sum * 6 {
            return Some(best);
        }
        let parts = elements.iter().copied();
        let parts = parts.filter(|at| self.prose[*at] * 50 >= sum && self.prose[*at] > 0);
        parts.reduce(|a, b| self.common(a, b))
    }

    /// The innermost element that holds both.
    fn common(&self, mut a: usize, b: usize) -> usize {
        while !self.holds(a, b) {
            a = self.parent(a);
        }
        a
    }

    /// Goes from a box to the box in it that has nearly all of its prose.
    fn narrow(&self, mut root: usize) -> usize {
        loop {
            let mut heavy = None;
            let mut at = root + 1;
            while at < self.tree.nodes[root].end as usize {
                if self.prose[at] * 4 >= self.prose[root] * 3 {
                    heavy = Some(at);
                    break;
                }
                at = self.tree.nodes[at].end as usize;
            }
            match heavy.filter(|at| self.prose[*at] > 0) {
                Some(at) if self.tree.nodes[at].tag.is_box() && !self.data[at] => root = at,
                _ => return root,
            }
        }
    }

    /// The heading that the page's title repeats, else the first of the first rank in the article, else the last such before it.
    fn headline(&self, root: usize) -> Option<usize> {
        let end = self.tree.nodes[root].end as usize;
        let ranked = |most: u8| {
            self.nodes_with(|at| {
                matches!(self.tree.nodes[at].tag, Tag::Heading(rank) if rank <= most)
                    && !self.gone[at]
                    && (1..=HEADLINE).contains(&self.size[at])
                    && at < end
            })
        };
        let title = letters(&self.tree.head.title);
        let repeated = ranked(3).into_iter().take(HEADINGS).filter_map(|at| {
            let words = letters(&short_text(self.tree, at));
            (words.len() > 3 && title.contains(&words)).then_some((words.len(), at))
        });
        let longest = repeated.max_by_key(|(length, at)| (*length, usize::MAX - at));
        let first_rank = ranked(1);
        longest
            .map(|(_, at)| at)
            .or_else(|| first_rank.iter().copied().find(|at| self.holds(root, *at)))
            .or(first_rank.last().copied())
    }

    fn words_of(&self, block: &Block) -> String {
        words(self.tree, block.nodes.clone(), false)
    }

    /// Drops what in the article is none of it.
    fn prune(&mut self, root: usize, headline: Option<usize>) {
        self.drop_under_headings(root);
        self.weigh();
        self.drop_teasers(root, headline);
        self.weigh();
        let of_data = self.of_data();
        for at in self.tree.within(root) {
            let (size, linked) = (self.size[at], self.linked[at]);
            let links = linked * 2 > size;
            self.gone[at] |= self.gone[self.parent(at)]
                || match self.tree.nodes[at].tag {
                    Tag::List | Tag::Terms => links,
                    Tag::Table => linked * 4 > size * 3,
                    tag if tag.is_box() && !of_data[at] => links && self.prose[at] * 4 < self.prose[root],
                    _ => false,
                };
        }
        self.weigh();
    }

    /// "Related stories", "Comments": the heading and what it heads.
    fn drop_under_headings(&mut self, root: usize) {
        let end = self.tree.nodes[root].end as usize;
        let mut found = 0;
        for i in 0..self.blocks.len() {
            let block = &self.blocks[i];
            let owner = block.owner;
            if found == SECTIONS {
                break;
            }
            if self.out[i] || owner <= root || owner >= end || self.gone[owner] || block.size > 60 {
                continue;
            }
            let rank = match self.tree.nodes[owner].tag {
                Tag::Heading(rank) => rank,
                // a paragraph, a box with nothing but these words
                Tag::Paragraph | Tag::Block if self.size[owner] == block.size => 6,
                _ => continue,
            };
            if !data::get().page.ends_articles(&self.words_of(block)) {
                continue;
            }
            found += 1;
            let mut top = owner;
            while self.parent(top) > root && self.size[self.parent(top)] == self.size[top] {
                top = self.parent(top);
            }
            let parent = self.parent(top);
            self.drop(top);
            if parent > root && self.prose[parent] * 10 < self.prose[root] * 3 {
                self.drop(parent);
                continue;
            }
            let mut section = Vec::new();
            let mut at = self.tree.nodes[top].end as usize;
            while at < self.tree.nodes[parent].end as usize {
                let next = matches!(self.tree.nodes[at].tag, Tag::Heading(r) if r <= rank);
                if next && self.linked[at] * 2 <= self.size[at] {
                    break;
                }
                section.push(at);
                at = self.tree.nodes[at].end as usize;
            }
            let weight: u32 = section.iter().map(|at| self.prose[*at]).sum();
            if weight * 10 < self.prose[root] * 4 {
                for at in section {
                    self.drop(at);
                }
            }
        }
    }

    /// Teasers: a line that leads to another page, with the few words in its box. A heading is enough; other lines come at least in twos.
    fn drop_teasers(&mut self, root: usize, headline: Option<usize>) {
        let end = self.tree.nodes[root].end as usize;
        let mut teasers: Vec<(usize, bool)> = Vec::new();
        for i in 0..self.blocks.len() {
            let block = &self.blocks[i];
            let owner = block.owner;
            if self.out[i] || owner <= root || owner >= end || !block.is_link() {
                continue;
            }
            let is_heading = matches!(self.tree.nodes[owner].tag, Tag::Heading(_));
            if headline.is_some_and(|h| self.holds(h, owner)) {
                continue;
            }
            let mut top = owner;
            while self.parent(top) > root && self.prose[self.parent(top)] <= TEASER {
                top = self.parent(top);
            }
            match teasers.last_mut() {
                Some((last, headed)) if self.holds(*last, top) => *headed |= is_heading,
                _ => teasers.push((top, is_heading)),
            }
        }
        let twin = |i: usize, j: usize| {
            teasers.get(j).is_some_and(|(other, _)| {
                let (a, b) = (self.tree.nodes[teasers[i].0], self.tree.nodes[*other]);
                a.parent == b.parent && a.tag == b.tag
            })
        };
        let chosen: Vec<usize> = (0..teasers.len())
            .filter(|i| teasers[*i].1 || twin(*i, *i + 1) || *i > 0 && twin(*i, *i - 1))
            .map(|i| teasers[i].0)
            .collect();
        let weight: u32 = chosen.iter().map(|at| self.prose[*at]).sum();
        if weight * 2 < self.prose[root].max(1) {
            for at in chosen {
                self.drop(at);
            }
        }
    }

    fn drop(&mut self, node: usize) {
        self.gone[node] = true;
        for at in self.tree.within(node) {
            self.gone[at] = true;
        }
    }

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
    let lonely = matches!(tag, Tag::Block | Tag::Article | Tag::Body | Tag::Main | Tag::Header | Tag::Form)
        && block.words < 4
        && !block.ends
        && !text.contains(|c: char| c.is_ascii_digit());
    block.is_link() || lonely
}

/// Letters and digits alone, in small letters.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
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
        && words.next().is_some_and(|w| w.starts_with(char::is_lowercase))
        && words.count() <= 6
}

fn is_subtitle(tag: Tag) -> bool {
    matches!(tag, Tag::Heading(2 | 3))
}
