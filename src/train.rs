//! Annotated articles -> weights: a log-linear model over readable features.
//!
//! Learned by FTRL-Proximal (McMahan et al. 2013), which keeps most weights at zero; deterministic, on one core. Then the
//! largest rows are kept and rounded to steps of a tenth.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::article::Article;
use crate::data::weights::{QUESTIONS, VOTED, Weights};
use crate::data::{self};
use crate::extract::claim::{label_name, label_none, walk};
use crate::extract::evidence::{Features, Kinds, hash_of_name};
use crate::extract::quantity::Quantity;
use crate::figure::{Figure, Kind};
use crate::score::{Score, amount};
use crate::text::{CodePoints, Document};

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Passes over the examples.
    pub epochs: usize,
    /// Pull to zero, by absolute value.
    pub l1: f64,
    /// Pull to zero, by square.
    pub l2: f64,
    /// Rows to keep.
    pub rows: usize,
    /// Folds of cross-validation, by article; 0 = none.
    pub folds: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            epochs: 12,
            l1: 12.0,
            l2: 20.0,
            rows: 5000,
            folds: 5,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The feature's name.
    pub feature: String,
    /// A measure's code, or a question.
    pub label: &'static str,
    /// In steps of a tenth.
    pub weight: f32,
}

/// One number with what it is.
struct Example {
    features: Vec<u32>,
    votes: Vec<(u32, u8)>,
    label: usize,
}

/// All numbers of some articles.
#[derive(Default)]
struct Examples {
    names: Vec<String>,
    ids: BTreeMap<u64, u32>,
    /// By article: what the numbers count.
    measure: Vec<Vec<Example>>,
    /// By question (total, part_of, projected), by article: yes is 1.
    question: [Vec<Vec<Example>>; 3],
}

impl Examples {
    fn id(&mut self, hash: u64, name: &str) -> u32 {
        let next = self.names.len() as u32;
        let id = *self.ids.entry(hash).or_insert(next);
        if id == next {
            self.names.push(name.to_string());
        }
        id
    }

    fn take(&mut self, features: &Features<'_>) -> Vec<u32> {
        let mut ids: Vec<u32> = features
            .hashes
            .iter()
            .zip(&features.names)
            .map(|(h, n)| self.id(*h, n))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn new(articles: &[Article]) -> Self {
        let mut all = Examples::default();
        for article in articles {
            all.article(article);
        }
        all
    }

    fn article(&mut self, article: &Article) {
        let lang = &data::get().lang;
        let document = Document::new(&article.text, lang);
        let mut points = CodePoints::new(&article.text);
        let mut byte = |point| points.byte(point) as u32;
        let gold: Vec<(u32, u32, &Figure)> = article
            .figures
            .iter()
            .map(|f| (byte(f.start), byte(f.end), f))
            .collect();
        let mut measure = Vec::new();
        let mut question: [Vec<Example>; 3] = Default::default();
        let mut asked = Features::new(None);
        let mut kinds = Kinds::default();
        walk(
            &document,
            lang,
            None,
            &mut |seen| {
                let span = seen.span();
                let found = gold
                    .iter()
                    .filter(|(s, e, f)| *s < span.end && span.start < *e && same(seen.quantity, f))
                    .min_by_key(|g| g.2.implicit);
                let label = found.map_or(label_none(), |g| g.2.measure.0 as usize);
                let votes = seen
                    .features
                    .votes
                    .iter()
                    .zip(&seen.features.vote_names)
                    .map(|((h, l), n)| (self.id(*h, n), *l))
                    .collect();
                measure.push(Example {
                    features: self.take(seen.features),
                    votes,
                    label,
                });
                if let Some((_, _, f)) = found {
                    seen.view.question_features(
                        seen.quantity,
                        seen.head,
                        f.measure.code(),
                        seen.numbers,
                        seen.before,
                        seen.around,
                        kinds,
                        seen.sentence,
                        &mut asked,
                    );
                    kinds.note(f.kind, f.measure, seen.sentence);
                    let features = self.take(&asked);
                    for (i, yes) in [f.kind == Kind::Total, f.part_of, f.projected]
                        .into_iter()
                        .enumerate()
                    {
                        question[i].push(Example {
                            features: features.clone(),
                            votes: Vec::new(),
                            label: usize::from(yes),
                        });
                    }
                }
                label
            },
            &mut |_, _, _| {},
        );
        self.measure.push(measure);
        for (all, of_article) in self.question.iter_mut().zip(question) {
            all.push(of_article);
        }
    }
}

fn same(q: &Quantity, f: &Figure) -> bool {
    amount(q.value, q.low, q.high) == amount(f.value, f.low, f.high)
}

/// The weights of one model: by feature and label (label `labels` is the vote), those that are not zero.
type Model = BTreeMap<(u32, u32), f64>;

/// One weight as FTRL-Proximal keeps it.
#[derive(Clone, Copy, Default)]
struct Cell {
    z: f64,
    n: f64,
    w: f64,
}

impl Cell {
    fn step(&mut self, g: f64, l1: f64, l2: f64) {
        const ALPHA: f64 = 0.2;
        const BETA: f64 = 1.0;
        let sigma = ((self.n + g * g).sqrt() - self.n.sqrt()) / ALPHA;
        self.z += g - sigma * self.w;
        self.n += g * g;
        self.w = if self.z.abs() <= l1 {
            0.0
        } else {
            -(self.z - self.z.signum() * l1) / ((BETA + self.n.sqrt()) / ALPHA + l2)
        };
    }
}

/// By feature: how many examples have it.
fn uses(examples: &[&Example], features: usize) -> Vec<u32> {
    let mut uses = vec![0u32; features];
    for e in examples {
        for f in e.features.iter().chain(e.votes.iter().map(|(f, _)| f)) {
            uses[*f as usize] += 1;
        }
    }
    uses
}

/// FTRL-Proximal for a softmax over `labels` labels (one label: yes or no). With `support` only those weights are learned,
/// and nothing pulls them to zero but the square.
fn learn(
    examples: &[&Example],
    labels: usize,
    features: usize,
    options: &Options,
    support: Option<&Model>,
) -> Model {
    let width = labels + 1;
    let mut cells = vec![Cell::default(); features * width];
    let open: Vec<bool> = if let Some(support) = support {
        let mut open = vec![false; features * width];
        for (f, l) in support.keys() {
            open[*f as usize * width + *l as usize] = true;
        }
        open
    } else {
        uses(examples, features)
            .iter()
            .flat_map(|n| std::iter::repeat_n(*n > 1, width))
            .collect()
    };
    let l1 = if support.is_some() { 0.0 } else { options.l1 };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1du64;
    let mut p = vec![0f64; labels];
    for _ in 0..options.epochs {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let e = examples[i];
            p.fill(0.0);
            for &f in &e.features {
                let row = f as usize * width;
                for (s, cell) in p.iter_mut().zip(&cells[row..row + labels]) {
                    *s += cell.w;
                }
            }
            for &(f, l) in &e.votes {
                p[l as usize] += cells[f as usize * width + labels].w;
            }
            if labels == 1 {
                p[0] = 1.0 / (1.0 + (-p[0]).exp()) - e.label as f64;
            } else {
                let top = p.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let sum: f64 = p
                    .iter_mut()
                    .map(|s| {
                        *s = (*s - top).exp();
                        *s
                    })
                    .sum();
                for s in &mut p {
                    *s /= sum;
                }
                p[e.label] -= 1.0;
            }
            for &f in &e.features {
                let row = f as usize * width;
                for (l, &g) in p.iter().enumerate() {
                    if g.abs() > 1e-4 && open[row + l] {
                        cells[row + l].step(g, l1, options.l2);
                    }
                }
            }
            for &(f, l) in &e.votes {
                let k = f as usize * width + labels;
                if open[k] {
                    cells[k].step(p[l as usize], l1, options.l2);
                }
            }
        }
    }
    let cells = cells.iter().enumerate().filter(|(_, c)| c.w != 0.0);
    cells
        .map(|(k, c)| (((k / width) as u32, (k % width) as u32), c.w))
        .collect()
}

/// Learns from the chosen articles. First everything; then the rows that matter most alone.
fn rows(all: &Examples, chosen: &dyn Fn(usize) -> bool, options: &Options) -> Vec<Row> {
    let none = label_none();
    let pick = |by_article: &'_ Vec<Vec<Example>>| -> Vec<usize> {
        (0..by_article.len()).filter(|i| chosen(*i)).collect()
    };
    let indexes = pick(&all.measure);
    let tasks: Vec<(Vec<&Example>, usize)> = std::iter::once((
        indexes.iter().flat_map(|i| &all.measure[*i]).collect(),
        none + 1,
    ))
    .chain(
        all.question
            .iter()
            .map(|by_article| (indexes.iter().flat_map(|i| &by_article[*i]).collect(), 1)),
    )
    .collect();
    let mut ranked: Vec<(f64, usize, (u32, u32))> = Vec::new();
    for (task, (examples, labels)) in tasks.iter().enumerate() {
        let uses = uses(examples, all.names.len());
        let share = if task == 0 { 1.0 } else { 0.7 };
        for (key, w) in learn(examples, *labels, all.names.len(), options, None) {
            ranked.push((
                w.abs() * f64::from(uses[key.0 as usize]).sqrt() * share,
                task,
                key,
            ));
        }
    }
    ranked.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| all.names[a.2.0 as usize].cmp(&all.names[b.2.0 as usize]))
            .then(a.2.1.cmp(&b.2.1))
    });
    ranked.truncate(options.rows);
    let mut rows = Vec::new();
    for (task, (examples, labels)) in tasks.iter().enumerate() {
        let support: Model = ranked
            .iter()
            .filter(|r| r.1 == task)
            .map(|r| (r.2, 0.0))
            .collect();
        for ((f, l), w) in learn(examples, *labels, all.names.len(), options, Some(&support)) {
            let weight = ((w * 10.0).round() / 10.0) as f32;
            let label = match (task, l as usize) {
                (0, l) if l > none => VOTED,
                (0, l) => label_name(l),
                _ => QUESTIONS[task],
            };
            if weight != 0.0 {
                rows.push(Row {
                    feature: all.names[f as usize].clone(),
                    label,
                    weight,
                });
            }
        }
    }
    rows.sort_by(|a, b| {
        a.label
            .cmp(b.label)
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| a.feature.cmp(&b.feature))
    });
    rows
}

/// Rows -> the table that extraction uses.
pub(crate) fn table(rows: &[Row]) -> Weights {
    let labels: Vec<&str> = (0..label_none() + QUESTIONS.len())
        .map(label_name)
        .collect();
    Weights::from_rows(
        rows.iter()
            .filter_map(|r| {
                Some((
                    hash_of_name(&r.feature),
                    labels.iter().position(|l| *l == r.label)? as u8,
                    r.weight,
                ))
            })
            .collect(),
    )
}

/// What was learned, and how good it is on articles that were left out.
pub struct Trained {
    /// The table, sorted.
    pub rows: Vec<Row>,
    /// Numbers that were learned from.
    pub examples: usize,
    /// Gold figures at which no number was found, or which a rule refused.
    pub unreachable: usize,
    /// Cross-validated by article.
    pub cross_validated: Option<Score>,
}

/// Learns the weights from annotated articles.
pub fn train(articles: &[Article], options: &Options) -> Trained {
    let all = Examples::new(articles);
    let cross_validated = (options.folds > 1).then(|| {
        let mut score = Score::default();
        for fold in 0..options.folds {
            let weights = table(&rows(&all, &|i| i % options.folds != fold, options));
            for article in articles.iter().skip(fold).step_by(options.folds) {
                score.add(
                    &article.id,
                    &article.figures,
                    &crate::extract::figures_with(article, &weights),
                );
            }
        }
        score
    });
    let examples = all.measure.iter().map(Vec::len).sum();
    let labelled: usize = all
        .measure
        .iter()
        .flatten()
        .filter(|e| e.label != label_none())
        .count();
    let gold: usize = articles.iter().map(|a| a.figures.len()).sum();
    Trained {
        rows: rows(&all, &|_| true, options),
        examples,
        unreachable: gold.saturating_sub(labelled),
        cross_validated,
    }
}

/// The table as a file, with what it was made from.
pub fn to_tsv(rows: &[Row]) -> String {
    let mut out =
        String::from("# feature\tlabel\tweight; made by `headcount train`, see data/README.md\n");
    for row in rows {
        let Row {
            feature,
            label,
            weight,
        } = row;
        let _ = writeln!(out, "{feature}\t{label}\t{weight:+.1}");
    }
    out
}
