//! What in the article is none of it is gone: lists of links, teasers of other stories, what follows headings such as "Related".

use super::page::Page;
use super::tag::Tag;
use crate::data;

/// A teaser of another story is at most so long, in letters and marks.
const TEASER: u32 = 500;
/// Headings such as "Related", in one page.
const SECTIONS: usize = 100;

impl Page<'_> {
    /// Drops what in the article is none of it.
    pub(super) fn prune(&mut self, root: usize, headline: Option<usize>) {
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
                    tag if tag.is_box() && !of_data[at] => {
                        links && self.prose[at] * 4 < self.prose[root]
                    }
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
}
