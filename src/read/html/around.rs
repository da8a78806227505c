//! What names itself no article is gone: menus, asides, comments, banners; unless the article stands in it.

use super::mark;
use super::page::Page;
use super::tag::Tag;

impl Page<'_> {
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
    pub(super) fn drop_around(&mut self) {
        let core = self.core();
        let total = self.prose[0];
        let mut in_article = vec![false; self.tree.len()];
        for at in 1..self.tree.len() {
            let node = self.tree.nodes[at];
            in_article[at] =
                in_article[self.parent(at)] || matches!(node.tag, Tag::Article | Tag::Main);
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
}
