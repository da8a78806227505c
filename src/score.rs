//! Extraction against annotated articles: precision, recall, F1, attributes, calibration.
//!
//! A gold and a found figure can match when they stand in the same article, their spans overlap, they have the same measure
//! and the same number. The matching is one to one and maximum. Gold figures marked implicit are neither required nor punished.

use std::collections::BTreeMap;

use crate::article::Article;
use crate::figure::{Figure, Measure};

/// Matched, missed and false figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Count {
    /// Gold figures found.
    pub matched: usize,
    /// Gold figures missed.
    pub missed: usize,
    /// Figures that no gold figure matches.
    pub false_alarms: usize,
}

impl Count {
    /// Share of the given figures that are right.
    pub fn precision(&self) -> f64 {
        ratio(self.matched, self.matched + self.false_alarms)
    }
    /// Share of the gold figures that are given.
    pub fn recall(&self) -> f64 {
        ratio(self.matched, self.matched + self.missed)
    }
    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }
    fn add(&mut self, other: Count) {
        self.matched += other.matched;
        self.missed += other.missed;
        self.false_alarms += other.false_alarms;
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// The attributes compared on matched pairs, in the order of the report.
pub const ATTRIBUTES: [&str; 6] = ["qualifier", "source", "date", "country", "unit", "kind"];

/// What a system's figures are worth against gold.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Articles scored.
    pub articles: usize,
    /// All measures, the measure exactly right.
    pub strict: Count,
    /// A measure and its wider one count as the same.
    pub lenient: Count,
    /// Strict counts per measure (matched and missed by gold, false alarms by what was given).
    pub per_measure: BTreeMap<Measure, Count>,
    /// Pairs of the lenient matching.
    pub pairs: usize,
    /// Of these, how many have each attribute right, in the order of [`ATTRIBUTES`].
    pub attributes: [usize; 6],
    /// Ten bins of confidence: figures, sum of confidence, right ones.
    pub calibration: [(usize, f64, usize); 10],
    /// Misses and false alarms of the strict score: article, what, figure.
    pub errors: Vec<(String, &'static str, Figure)>,
}

impl Score {
    /// Mean distance between confidence and share right, weighted by figures.
    pub fn calibration_error(&self) -> f64 {
        let all: usize = self.calibration.iter().map(|b| b.0).sum();
        self.calibration
            .iter()
            .map(|&(n, sum, right)| {
                (sum - right as f64).abs() / all.max(1) as f64 * if n > 0 { 1.0 } else { 0.0 }
            })
            .sum()
    }

    /// Adds one article: gold figures and found ones.
    pub fn add(&mut self, id: &str, gold: &[Figure], found: &[Figure]) {
        self.articles += 1;
        for lenient in [false, true] {
            let pairs = matching(gold, found, lenient);
            let explicit = pairs.iter().filter(|(g, _)| !gold[*g].implicit);
            let missed: Vec<usize> = (0..gold.len())
                .filter(|g| !gold[*g].implicit && !pairs.iter().any(|p| p.0 == *g))
                .collect();
            let alarms: Vec<usize> = (0..found.len())
                .filter(|f| !pairs.iter().any(|p| p.1 == *f))
                .collect();
            let count = Count {
                matched: explicit.clone().count(),
                missed: missed.len(),
                false_alarms: alarms.len(),
            };
            if lenient {
                self.lenient.add(count);
                for (g, f) in explicit {
                    self.pairs += 1;
                    for (i, right) in attributes(&gold[*g], &found[*f]).into_iter().enumerate() {
                        self.attributes[i] += usize::from(right);
                    }
                }
                continue;
            }
            self.strict.add(count);
            for (g, _) in explicit {
                self.per_measure
                    .entry(gold[*g].measure)
                    .or_default()
                    .matched += 1;
            }
            for g in missed {
                self.per_measure.entry(gold[g].measure).or_default().missed += 1;
                self.errors.push((id.to_string(), "miss", gold[g].clone()));
            }
            for &f in &alarms {
                self.per_measure
                    .entry(found[f].measure)
                    .or_default()
                    .false_alarms += 1;
                self.errors
                    .push((id.to_string(), "false alarm", found[f].clone()));
            }
            for (f, figure) in found.iter().enumerate() {
                let implicit = pairs.iter().any(|p| p.1 == f && gold[p.0].implicit);
                if !implicit {
                    let bin = &mut self.calibration[((figure.confidence * 10.0) as usize).min(9)];
                    bin.0 += 1;
                    bin.1 += figure.confidence;
                    bin.2 += usize::from(!alarms.contains(&f));
                }
            }
        }
    }
}

/// Scores extraction on annotated articles.
pub fn score(gold: &[Article], extract: &(dyn Fn(&Article) -> Vec<Figure> + Sync)) -> Score {
    use rayon::prelude::*;
    let found: Vec<Vec<Figure>> = gold.par_iter().map(extract).collect();
    let mut score = Score::default();
    for (article, figures) in gold.iter().zip(&found) {
        score.add(&article.id, &article.figures, figures);
    }
    score
}

/// What must be equal for two figures to be the same number.
pub(crate) fn amount(
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
) -> Option<(u8, i64, i64)> {
    let round = |x: f64| (x * 10_000.0).round() as i64;
    match (value, low, high) {
        (Some(v), ..) => Some((0, round(v), 0)),
        (None, None, _) => None,
        (None, Some(l), None) => Some((1, round(l), 0)),
        (None, Some(l), Some(h)) => Some((2, round(l), round(h))),
    }
}

fn number(f: &Figure) -> Option<(u8, i64, i64)> {
    amount(f.value, f.low, f.high)
}

fn same_measure(a: Measure, b: Measure, lenient: bool) -> bool {
    let within =
        |x: Measure, y: Measure| x.row().loose && x.row().wider.as_deref() == Some(y.code());
    a == b || lenient && (within(a, b) || within(b, a))
}

fn can_match(gold: &Figure, found: &Figure, lenient: bool) -> bool {
    gold.start < found.end
        && found.start < gold.end
        && same_measure(gold.measure, found.measure, lenient)
        && number(gold).is_some()
        && number(gold) == number(found)
}

/// A name without case, marks and articles.
fn plain(name: Option<&String>) -> Option<String> {
    let text: String = name?
        .to_lowercase()
        .replace(['\'', '’'], "")
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                ' '
            }
        })
        .collect();
    Some(
        text.split_whitespace()
            .filter(|w| !matches!(*w, "a" | "an" | "the"))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn attributes(g: &Figure, f: &Figure) -> [bool; 6] {
    [
        g.qualifier == f.qualifier,
        plain(g.source.as_ref()) == plain(f.source.as_ref()),
        (g.as_of, g.period_start, g.period_end) == (f.as_of, f.period_start, f.period_end),
        g.country == f.country,
        g.unit == f.unit,
        g.kind == f.kind,
    ]
}

/// Of all maximum matchings the one with the greatest sum of this.
fn weight(g: &Figure, f: &Figure) -> i64 {
    let explicit = if g.implicit { 0 } else { 1_000_000_000_000 };
    let measure = if g.measure == f.measure { 1_000_000 } else { 0 };
    let both = i64::from(g.end.min(f.end)) - i64::from(g.start.max(f.start));
    let either = i64::from(g.end.max(f.end)) - i64::from(g.start.min(f.start));
    let right: i64 = attributes(g, f)
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &r)| if r { 1 << i } else { 0 })
        .sum();
    explicit + 1_000_000_000 + measure + 1000 * both / either.max(1) * 100 + right
}

/// Pairs (gold, found) of a one-to-one matching of maximum weight, by augmenting paths.
fn matching(gold: &[Figure], found: &[Figure], lenient: bool) -> Vec<(usize, usize)> {
    let mut edges: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, f) in found.iter().enumerate() {
            if can_match(g, f, lenient) {
                edges.insert((i, j), weight(g, f));
            }
        }
    }
    let mut partner: BTreeMap<usize, usize> = BTreeMap::new(); // found -> gold
    loop {
        let mut gain: BTreeMap<usize, i64> = edges
            .keys()
            .map(|e| e.0)
            .filter(|i| !partner.values().any(|p| p == i))
            .map(|i| (i, 0))
            .collect();
        let (mut came, mut best): (BTreeMap<usize, usize>, BTreeMap<usize, i64>) =
            Default::default();
        for _ in 0..=gold.len() {
            let mut changed = false;
            for (&(i, j), &w) in &edges {
                let Some(&reach) = gain.get(&i) else { continue };
                if partner.get(&j) == Some(&i) {
                    continue;
                }
                if reach + w > best.get(&j).copied().unwrap_or(i64::MIN) {
                    best.insert(j, reach + w);
                    came.insert(j, i);
                    changed = true;
                    if let Some(&k) = partner.get(&j) {
                        let onward = reach + w - edges[&(k, j)];
                        if onward > gain.get(&k).copied().unwrap_or(i64::MIN) {
                            gain.insert(k, onward);
                        }
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let end = best
            .iter()
            .filter(|(j, _)| !partner.contains_key(j))
            .max_by_key(|(j, g)| (**g, std::cmp::Reverse(**j)));
        let Some((&end, _)) = end.filter(|(_, g)| **g > 0) else {
            break;
        };
        let mut j = Some(end);
        while let Some(at) = j {
            let i = came[&at];
            let previous = partner.iter().find(|(_, p)| **p == i).map(|(j, _)| *j);
            partner.insert(at, i);
            if let Some(p) = previous {
                partner.remove(&p);
            }
            j = previous;
        }
    }
    let mut pairs: Vec<(usize, usize)> = partner.into_iter().map(|(j, i)| (i, j)).collect();
    pairs.sort_unstable();
    pairs
}
