//! A page being judged: its blocks, what of them is gone, and the sums of what is left.

use super::block::{Block, blocks};
use super::table;
use super::tag::Tag;
use super::tree::Tree;
use super::words::words;

pub(super) struct Page<'t> {
    pub(super) tree: &'t Tree,
    pub(super) blocks: Vec<Block>,
    /// By block: gone.
    pub(super) out: Vec<bool>,
    pub(super) data: Vec<bool>,
    pub(super) gone: Vec<bool>,
    /// By node, its descendants' sums: prose, letters and marks, those in links.
    pub(super) prose: Vec<u32>,
    pub(super) size: Vec<u32>,
    pub(super) linked: Vec<u32>,
}

impl<'t> Page<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
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
    pub(super) fn weigh(&mut self) {
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
    pub(super) fn of_data(&self) -> Vec<bool> {
        let mut of_data = self.data.clone();
        for at in 1..self.tree.len() {
            of_data[at] |= of_data[self.tree.nodes[at].parent as usize];
        }
        of_data
    }

    pub(super) fn nodes_with(&self, is: impl Fn(usize) -> bool) -> Vec<usize> {
        (1..self.tree.len()).filter(|at| is(*at)).collect()
    }

    /// True if `inner` is `outer` or stands in it.
    pub(super) fn holds(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.tree.nodes[outer].end as usize
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.tree.nodes[node].parent as usize
    }

    pub(super) fn words_of(&self, block: &Block) -> String {
        words(self.tree, block.nodes.clone(), false)
    }

    /// The innermost element that holds both.
    pub(super) fn common(&self, mut a: usize, b: usize) -> usize {
        while !self.holds(a, b) {
            a = self.parent(a);
        }
        a
    }

    pub(super) fn drop(&mut self, node: usize) {
        self.gone[node] = true;
        for at in self.tree.within(node) {
            self.gone[at] = true;
        }
    }
}
