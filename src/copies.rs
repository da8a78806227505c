//! The same story twice: wire copies, print views, later versions of one page.
//!
//! Of every text a [`Sketch`] is kept: the smallest hashes of its runs of four words (Broder 1997). Of two texts that share most of
//! the hashes in the range that both sketches cover, the one published later is a copy of the other. Copies stay articles of
//! their own, but where they repeat a number they are one voice. A copy at the same address with another day of publication is the later version of a page:
//! it takes the place of the earlier one in series and comparison.

use std::collections::{BTreeMap, HashMap};

use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;

/// Words of a run.
const RUN: usize = 4;
/// Hashes of a sketch.
const SIZE: usize = 128;
/// Texts that share fewer are not compared: too little to tell.
const LEAST: usize = 6;
/// So many of ten hashes are shared by copies.
const OF_TEN: usize = 6;
/// A run of words in so many stories is a form of words, not a story.
const COMMON: usize = 64;

/// What is kept of a text to tell copies by; sorted, without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text. Capitals, marks and spaces do not count.
    pub fn of(text: &str) -> Self {
        let mut last = [0u64; RUN];
        let mut smallest = std::collections::BinaryHeap::new();
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty());
        for (i, word) in words.enumerate() {
            last.rotate_left(1);
            last[RUN - 1] = xxh3_64(word.to_lowercase().as_bytes());
            if i + 1 < RUN {
                continue;
            }
            let run = last
                .iter()
                .fold(0u64, |h, w| h.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ w);
            let hash = (xxh3_64(&run.to_le_bytes()) >> 32) as u32;
            if smallest.len() < SIZE {
                smallest.push(hash);
            } else if smallest.peek().is_some_and(|top| hash < *top)
                && !smallest.iter().any(|h| *h == hash)
            {
                smallest.pop();
                smallest.push(hash);
            }
        }
        let mut hashes = smallest.into_vec();
        hashes.sort_unstable();
        hashes.dedup();
        Sketch(hashes)
    }

    /// Its bytes, for the store.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|h| h.to_le_bytes()).collect()
    }

    /// Read back.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let (hashes, _) = bytes.as_chunks();
        Sketch(hashes.iter().map(|h| u32::from_le_bytes(*h)).collect())
    }

    /// True for two tellings of one story.
    fn is_copy_of(&self, other: &Sketch) -> bool {
        let full = |s: &Sketch| s.0.last().copied().filter(|_| s.0.len() >= SIZE);
        let to = full(self)
            .unwrap_or(u32::MAX)
            .min(full(other).unwrap_or(u32::MAX));
        let within = |s: &Sketch| s.0.partition_point(|h| *h <= to);
        let (a, b) = (&self.0[..within(self)], &other.0[..within(other)]);
        let shared = a.iter().filter(|h| b.binary_search(h).is_ok()).count();
        shared >= LEAST && shared * 10 >= a.len().min(b.len()) * OF_TEN
    }
}

/// Says of each article whether it is a copy of another one of them, and whether a later version of it is there.
///
/// An article without a sketch keeps what it says of itself. The article published first is the original; of several without a day or of one day, the one whose id comes first.
pub fn mark(articles: &mut [Article]) {
    let told = |i: &usize| !articles[*i].sketch.0.is_empty();
    let mut order: Vec<usize> = (0..articles.len()).filter(told).collect();
    order.sort_by(|a, b| {
        let key = |i: usize| {
            (
                articles[i].published.is_none(),
                articles[i].published,
                &articles[i].id,
            )
        };
        key(*a).cmp(&key(*b))
    });
    let mut with: HashMap<u32, Vec<usize>> = HashMap::new();
    // by original and address, the latest version
    let mut versions: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for i in order {
        let original = original(articles, &with, i);
        match original {
            Some(of) => articles[i].copy_of = Some(articles[of].id.clone()),
            None => {
                for hash in &articles[i].sketch.0 {
                    with.entry(*hash).or_default().push(i);
                }
            }
        }
        if let Some(url) = articles[i].url.clone()
            && let Some(earlier) = versions.insert((original.unwrap_or(i), url), i)
            && articles[earlier].published < articles[i].published
        {
            articles[earlier].superseded_by = Some(articles[i].id.clone());
        }
    }
    for article in articles {
        article.sketch = Sketch::default(); // it has served
    }
}

/// The article that this one is a copy of: of those before it, the one it shares most with.
fn original(articles: &[Article], with: &HashMap<u32, Vec<usize>>, i: usize) -> Option<usize> {
    let sketch = &articles[i].sketch;
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for hash in &sketch.0 {
        for other in with.get(hash).into_iter().flatten().take(COMMON) {
            *shared.entry(*other).or_default() += 1;
        }
    }
    shared
        .into_iter()
        .filter(|(other, n)| *n >= LEAST && sketch.is_copy_of(&articles[*other].sketch))
        .max_by_key(|(other, n)| (*n, std::cmp::Reverse(*other)))
        .map(|(other, _)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Heavy rain that began on Monday night has swept away two bridges and killed nine people in the hill districts above the Karo river, the provincial disaster office said on Wednesday. \
        Another fourteen are missing, most of them from the market town of Deno, where the water rose three metres within an hour. Boats from the navy were still bringing families off roofs at noon. \
        The governor has asked the capital for tents, flour and two helicopters, and schools in the valley stay closed until Monday. Forecasters expect more rain before the weekend.";

    fn article(id: &str, published: &str, text: &str) -> Article {
        Article {
            id: id.into(),
            published: published.parse().ok(),
            text: text.into(),
            sketch: Sketch::of(text),
            ..Article::default()
        }
    }

    fn copies(mut articles: Vec<Article>) -> Vec<Option<String>> {
        mark(&mut articles);
        articles.into_iter().map(|a| a.copy_of).collect()
    }

    #[test]
    fn a_wire_copy_is_told_with_another_lead_and_cut_short() {
        let short = STORY.split(" Boats").next().expect("a part");
        let copy = format!("DENO, Wednesday (Wire) - {}", short.to_uppercase());
        let other = "Nine people are dead and fourteen missing after two bridges fell in the hill districts above the Karo, where rain has not let up since Monday. \
            The navy's boats took people from roofs in Deno, and the governor wants helicopters. Classes are off until next week, and the weather office sees no end of it before Saturday.";
        let found = copies(vec![
            article("b", "2024-05-09", &copy),
            article("a", "2024-05-08", STORY),
            article("c", "2024-05-08", other),
        ]);
        assert_eq!(found, [Some("a".into()), None, None]);
    }

    #[test]
    fn a_later_version_at_the_same_address_takes_the_place_of_the_earlier() {
        let url = Some("https://example.org/karo".to_string());
        let later = STORY.replace("nine people", "eleven people");
        let mut articles = vec![
            article("new", "2024-05-09", &later),
            article("old", "2024-05-08", STORY),
            article("print", "2024-05-08", STORY),
        ];
        (articles[0].url, articles[1].url) = (url.clone(), url);
        mark(&mut articles);
        let superseded: Vec<_> = articles
            .iter()
            .map(|a| a.superseded_by.as_deref())
            .collect();
        assert_eq!(superseded, [None, Some("new"), None]);
    }

    #[test]
    fn short_texts_are_not_called_copies() {
        let text = "Five people died in a fire.";
        let found = copies(vec![article("a", "", text), article("b", "", text)]);
        assert_eq!(found, [None, None]);
    }

    #[test]
    fn a_sketch_survives_the_store() {
        let sketch = Sketch::of(STORY);
        assert!(sketch.0.len() > 50);
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), sketch);
    }
}
