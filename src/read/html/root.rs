//! The root: the element that holds the article, and its headline.

use super::mark;
use super::page::Page;
use super::short_text;
use super::tag::Tag;

/// A headline is at most so long, and one of so many first headings.
const HEADLINE: u32 = 300;
const HEADINGS: usize = 200;

impl Page<'_> {
    /// The element that holds the article.
    pub(super) fn root(&self) -> usize {
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
            .map(|root| {
                if tag(root).is_box() {
                    root
                } else {
                    self.parent(root)
                }
            })
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
    pub(super) fn headline(&self, root: usize) -> Option<usize> {
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
}

/// Letters and digits alone, in small letters.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
