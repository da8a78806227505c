//! The same story twice: wire copies, print views, later versions of one page.
//!
//! Of every text a [`Sketch`] is kept: the smallest hashes of its runs of four words (Broder 1997). Of two texts that share most of
//! the hashes in the range that both sketches cover, the one published later is a copy of the other. Copies stay articles of
//! their own, but where they repeat a number they are one voice. A copy at the same address with another day of publication is the later version of a page:
//! it takes the place of the earlier one in series and comparison.

use std::collections::BTreeMap;

use chrono::NaiveDate;
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
/// Hashes are sorted in as many pieces as there are numbers above so many of their bits.
const PIECE: u32 = 29;

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

/// What must be known of an article to find its copies.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<NaiveDate>,
    pub(crate) sketch: Sketch,
}

/// What an article is to others of the same story: positions in the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kin {
    /// It repeats that one.
    pub(crate) copy_of: Option<usize>,
    /// That one is a later version of it.
    pub(crate) superseded_by: Option<usize>,
}

/// Says of each article whether it is a copy of another one of them, and whether a later version of it is there.
///
/// An article without a sketch keeps what it says of itself.
pub fn mark(articles: &mut [Article]) {
    let told: Vec<Told> = articles
        .iter_mut()
        .map(|article| Told {
            id: article.id.clone(),
            url: article.url.clone(),
            published: article.published,
            sketch: std::mem::take(&mut article.sketch), // it has served
        })
        .collect();
    for (article, kin) in articles.iter_mut().zip(kin(&told)) {
        let id = |of: usize| told[of].id.clone();
        article.copy_of = kin.copy_of.map(id).or(article.copy_of.take());
        article.superseded_by = kin.superseded_by.map(id).or(article.superseded_by.take());
    }
}

/// The same of what is known of them. The article published first is the original; of several without a day or of one day, the one whose
/// id comes first.
pub(crate) fn kin(told: &[Told]) -> Vec<Kin> {
    let mut kin = vec![Kin::default(); told.len()];
    let mut order: Vec<usize> = (0..told.len())
        .filter(|i| !told[*i].sketch.0.is_empty())
        .collect();
    order.sort_by_key(|i| {
        let article = &told[*i];
        (article.published.is_none(), article.published, &article.id)
    });
    let mut originals = Originals::new(told);
    // by original and address, the latest version
    let mut versions: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for i in order {
        let original = originals.of(told, i);
        kin[i].copy_of = original;
        if original.is_none() {
            originals.add(&told[i].sketch, i);
        }
        if let Some(url) = told[i].url.as_deref()
            && let Some(earlier) = versions.insert((original.unwrap_or(i), url), i)
            && told[earlier].published < told[i].published
        {
            kin[earlier].superseded_by = Some(i);
        }
    }
    kin
}

/// Which originals have a run of words. Only runs that several texts have are kept: of many articles few are.
struct Originals {
    /// The hashes of those runs, sorted.
    hashes: Vec<u32>,
    /// For each, where its originals begin.
    starts: Vec<usize>,
    /// How many there are already.
    counts: Vec<u8>,
    articles: Vec<u32>,
}

impl Originals {
    fn new(told: &[Told]) -> Self {
        let (mut hashes, mut starts, mut end) = (Vec::new(), Vec::new(), 0);
        let mut some = Vec::new();
        // piece by piece, so that not all have to be sorted at once
        for piece in 0..=u32::MAX >> PIECE {
            some.clear();
            for article in told {
                let all = &article.sketch.0;
                let from = all.partition_point(|h| h >> PIECE < piece);
                let of_piece = all[from..].iter().take_while(|h| **h >> PIECE == piece);
                some.extend(of_piece);
            }
            some.sort_unstable();
            for run in some.chunk_by(|a, b| a == b).filter(|run| run.len() > 1) {
                hashes.push(run[0]);
                starts.push(end);
                end += run.len().min(COMMON);
            }
        }
        Originals {
            counts: vec![0; hashes.len()],
            articles: vec![0; end],
            hashes,
            starts,
        }
    }

    fn add(&mut self, sketch: &Sketch, article: usize) {
        for hash in &sketch.0 {
            if let Ok(at) = self.hashes.binary_search(hash)
                && usize::from(self.counts[at]) < COMMON
            {
                self.articles[self.starts[at] + usize::from(self.counts[at])] = article as u32;
                self.counts[at] += 1;
            }
        }
    }

    /// The article that this one is a copy of: of those before it, the one it shares most with.
    fn of(&self, told: &[Told], i: usize) -> Option<usize> {
        let sketch = &told[i].sketch;
        let mut shared: Vec<u32> = Vec::new();
        for hash in &sketch.0 {
            let Ok(at) = self.hashes.binary_search(hash) else {
                continue;
            };
            let from = self.starts[at];
            shared.extend(&self.articles[from..from + usize::from(self.counts[at])]);
        }
        shared.sort_unstable();
        shared
            .chunk_by(|a, b| a == b)
            .map(|run| (run[0] as usize, run.len()))
            .filter(|(other, n)| *n >= LEAST && sketch.is_copy_of(&told[*other].sketch))
            .max_by_key(|(other, n)| (*n, std::cmp::Reverse(*other)))
            .map(|(other, _)| other)
    }
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
