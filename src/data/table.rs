//! Hash -> value, for tables that are made once and asked at every word of a text.
//!
//! Comes in: hashes that are well mixed already. Goes out: the value of a hash, at two loads, or at one where there is none.

/// Bits of the sieve for each slot: a hash that the table lacks passes about once in thirty times.
const SIEVE: usize = 8;
/// Slots of an empty table, a power of two.
const SMALLEST: usize = 64;

/// Values by hash.
pub(crate) struct Table<T> {
    /// One bit or more a hash: says of most that they are not in the table, from the nearest cache.
    sieve: Vec<u64>,
    /// The hash and, from 1 on, the place of its value; 0 where the slot is free. Never more than half full.
    slots: Vec<(u64, u32)>,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            sieve: vec![0; SMALLEST * SIEVE / 64],
            slots: vec![(0, 0); SMALLEST],
            values: Vec::new(),
        }
    }
}

impl<T> Table<T> {
    /// False for most hashes that are not in the table, at one look.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let word = (hash / 64) as usize & (self.sieve.len() - 1);
        self.sieve[word] >> (hash % 64) & 1 == 1
    }

    /// The value of a hash.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<&T> {
        if !self.may_hold(hash) {
            return None;
        }
        match self.slots[self.slot(hash)] {
            (_, 0) => None,
            (_, at) => self.values.get(at as usize - 1),
        }
    }

    /// The value of a hash, given one if it has none.
    pub(crate) fn entry(&mut self, hash: u64, new: impl FnOnce() -> T) -> &mut T {
        let mut slot = self.slot(hash);
        if self.slots[slot].1 == 0 {
            if self.values.len() * 2 >= self.slots.len() {
                self.grow();
                slot = self.slot(hash);
            }
            self.values.push(new());
            self.put(slot, hash, self.values.len() as u32);
        }
        &mut self.values[self.slots[slot].1 as usize - 1]
    }

    /// The slot of a hash, or the free one where it belongs.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = hash as usize & last;
        // half of the slots are free, so a search ends
        while self.slots[slot].1 != 0 && self.slots[slot].0 != hash {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn put(&mut self, slot: usize, hash: u64, at: u32) {
        let word = (hash / 64) as usize & (self.sieve.len() - 1);
        self.sieve[word] |= 1 << (hash % 64);
        self.slots[slot] = (hash, at);
    }

    fn grow(&mut self) {
        let slots = self.slots.len() * 2;
        self.sieve = vec![0; slots * SIEVE / 64];
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); slots]);
        for (hash, at) in old.into_iter().filter(|(_, at)| *at != 0) {
            self.put(self.slot(hash), hash, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hash_keeps_its_value_while_the_table_grows() {
        // many of one slot, neighbours, and the ends
        let hashes: Vec<u64> = (0..500)
            .map(|i| i << 32)
            .chain(1..500)
            .chain([u64::MAX, u64::MAX - 1])
            .collect();
        let mut table = Table::default();
        for (i, hash) in hashes.iter().enumerate() {
            assert_eq!(table.get(*hash), None);
            assert_eq!(*table.entry(*hash, || i), i);
            assert_eq!(*table.entry(*hash, || 0), i, "there already");
        }
        for (i, hash) in hashes.iter().enumerate() {
            assert!(table.may_hold(*hash));
            assert_eq!(table.get(*hash), Some(&i));
        }
        assert_eq!(table.get(1 << 62), None);
    }
}
