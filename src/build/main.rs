//! `data/places.tsv` -> what the program looks names up in, made when the crate is built:
//!
//! - `places.fst`: folded name -> where its rows stand in the lists;
//! - `places.lists`: for each name the rows it can mean, the likeliest first (a count and row numbers, `u32` each);
//! - `places.firsts`: the first words of names: slots of 16 bytes, found by the word's hash and then one after the other: hash (8),
//!   where `places.fst` stands after the word (4) and the sum so far (4);
//! - `places.sieve`: one bit a first word, found by the word's hash: most other words find it unset;
//! - `places.rows`: 8 bytes a row: country (3), kind (1), population (`u32`);
//! - `countries.rs`: code and usual name of each country.

#![expect(
    clippy::print_stdout,
    reason = "cargo listens to what a build script prints"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, error, fs};

use fst::raw::Fst;

mod fingerprint;
#[path = "../data/fold.rs"]
mod fold;

/// In the order of the ranks that `src/data/place.rs` gives them.
const KINDS: [&str; 6] = ["country", "demonym", "region", "city", "camp", "district"];

/// The hash that tokens carry, of a word in small ASCII letters.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The table of first words: at most half full, so that a search soon ends; free slots are all ones.
fn firsts(names: &Fst<Vec<u8>>, words: &[String]) -> Result<Vec<u8>, Box<dyn error::Error>> {
    let slots = (words.len() * 2 + 1).next_power_of_two();
    let mut table = vec![0xffu8; slots * 16];
    for word in words {
        let (mut node, mut sum) = (names.root(), 0);
        for b in word.bytes() {
            let i = node
                .find_input(b)
                .ok_or("a name that is not in the index")?;
            let transition = node.transition(i);
            sum += transition.out.value();
            node = names.node(transition.addr);
        }
        let mut slot = hash(word) as usize % slots;
        while table[slot * 16 + 8..slot * 16 + 12] != [0xff; 4] {
            slot = (slot + 1) % slots;
        }
        let entry = &mut table[slot * 16..slot * 16 + 16];
        entry[..8].copy_from_slice(&hash(word).to_le_bytes());
        entry[8..12].copy_from_slice(&u32::try_from(node.addr())?.to_le_bytes());
        entry[12..].copy_from_slice(&u32::try_from(sum)?.to_le_bytes());
    }
    Ok(table)
}

/// One bit a first word, among sixteen or more for each.
fn sieve(words: &[String]) -> Vec<u8> {
    let mut bits = vec![0u8; (words.len() * 2 + 1).next_power_of_two()];
    let count = bits.len() * 8;
    for word in words {
        let bit = hash(word) as usize % count;
        bits[bit / 8] |= 1 << (bit % 8);
    }
    bits
}

fn main() -> Result<(), Box<dyn error::Error>> {
    fingerprint::emit();
    println!("cargo::rerun-if-changed=data/places.tsv");
    println!("cargo::rerun-if-changed=src/data/fold.rs");
    println!("cargo::rerun-if-changed=src/build");
    let text = fs::read_to_string("data/places.tsv")?;
    let mut names: BTreeMap<String, Vec<(u8, u32, u32)>> = BTreeMap::new();
    let (mut rows, mut countries) = (Vec::new(), BTreeMap::new());
    for (number, line) in text.lines().enumerate().skip(1) {
        let wrong = |what: &str| format!("data/places.tsv:{}: {what}", number + 1);
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, aliases, kind, country, _, _, _, population] = fields[..] else {
            return Err(wrong("not eight columns").into());
        };
        let kind = KINDS
            .iter()
            .position(|k| *k == kind)
            .ok_or_else(|| wrong("no such kind"))?;
        if country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(wrong("no three-letter country").into());
        }
        if kind == 0 {
            countries.insert(country.to_string(), name.to_string());
        }
        let population: u32 = match population {
            "" => 0,
            digits => digits.parse().map_err(|_| wrong("no population"))?,
        };
        let row = u32::try_from(rows.len() / 8)?;
        rows.extend_from_slice(country.as_bytes());
        rows.push(u8::try_from(kind)?);
        rows.extend_from_slice(&population.to_le_bytes());
        let aliases = aliases.split('|').filter(|a| !a.is_empty());
        for name in std::iter::once(name).chain(aliases) {
            let key = fold::key(name);
            if key.len() < 2 {
                return Err(wrong("a name of one letter").into());
            }
            let list = names.entry(key).or_default();
            if list.iter().all(|(_, _, r)| *r != row) {
                // countries first, then their people, then by population
                list.push((kind.min(2) as u8, u32::MAX - population, row));
            }
        }
    }
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    let mut map = fst::MapBuilder::memory();
    let mut lists: Vec<u8> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for (key, mut meanings) in names {
        words.push(key.split(' ').next().unwrap_or_default().into());
        meanings.sort_unstable();
        map.insert(key, lists.len() as u64)?;
        lists.extend_from_slice(&u32::try_from(meanings.len())?.to_le_bytes());
        for (_, _, row) in meanings {
            lists.extend_from_slice(&row.to_le_bytes());
        }
    }
    words.sort_unstable();
    words.dedup();
    let map = map.into_map();
    fs::write(out.join("places.firsts"), firsts(map.as_fst(), &words)?)?;
    fs::write(out.join("places.sieve"), sieve(&words))?;
    fs::write(out.join("places.fst"), map.as_fst().as_bytes())?;
    fs::write(out.join("places.lists"), lists)?;
    fs::write(out.join("places.rows"), rows)?;
    let table: Vec<(String, String)> = countries.into_iter().collect();
    fs::write(out.join("countries.rs"), format!("&{table:?}"))?;
    Ok(())
}
