//! Hash -> value, for tables that are made once and asked at every word of a text.
//!
//! Comes in: hashes that are well mixed already. Goes out: the value of a hash, at two loads, at one where there is none.

/// Bits of the sieve for each slot: a hash that the table lacks passes less than once in ten times.
const SIEVE: usize = 8;
/// Slots of the smallest table that holds something, a power of two.
const SMALLEST: usize = 64;

/// Values by hash.
pub(crate) struct Table<T> {
    /// One bit or more a hash: says of most that they are not in the table, from the nearest cache.
    sieve: Vec<u64>,
    /// Never more than three quarters full.
    slots: Vec<(u64, Option<T>)>,
    /// Slots in use.
    full: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            sieve: Vec::new(),
            slots: Vec::new(),
            full: 0,
        }
    }
}

impl<T> Table<T> {
    /// False for most hashes that are not in the table, at one look.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let word = (hash / 64) as usize & self.sieve.len().wrapping_sub(1);
        let bits = self.sieve.get(word).copied().unwrap_or(0);
        bits >> (hash % 64) & 1 == 1
    }

    /// The value of a hash.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<&T> {
        if !self.may_hold(hash) {
            return None;
        }
        self.slots[self.slot(hash)].1.as_ref()
    }

    /// The value of a hash, given one if it has none.
    pub(crate) fn entry(&mut self, hash: u64, new: impl FnOnce() -> T) -> &mut T {
        if self.full * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.slots[slot].1.is_none() {
            self.full += 1;
            self.mark(hash);
        }
        self.slots[slot].0 = hash;
        self.slots[slot].1.get_or_insert_with(new)
    }

    /// The slot of a hash, or the free one where it belongs.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = hash as usize & last;
        // there are free slots, so a search ends
        while self.slots[slot].0 != hash && self.slots[slot].1.is_some() {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn mark(&mut self, hash: u64) {
        let word = (hash / 64) as usize & (self.sieve.len() - 1);
        self.sieve[word] |= 1 << (hash % 64);
    }

    fn grow(&mut self) {
        let slots = (self.slots.len() * 2).max(SMALLEST);
        self.sieve = vec![0; slots * SIEVE / 64];
        let mut old = Vec::new();
        old.resize_with(slots, || (0, None));
        std::mem::swap(&mut old, &mut self.slots);
        for (hash, value) in old.into_iter().filter(|(_, value)| value.is_some()) {
            let slot = self.slot(hash);
            self.slots[slot] = (hash, value);
            self.mark(hash);
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
