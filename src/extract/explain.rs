//! Why each number was read as it was.

use std::fmt::Write;

use super::claim::{confidence, judge, label_name, label_none, sure, walk};
use crate::article::Article;
use crate::data::{self, weights::Weights};
use crate::text::Document;

/// For every number of the article, also those refused: what it was taken for, how sure, and the five largest weights.
pub fn explain(article: &Article) -> String {
    explain_with(article, &data::get().weights)
}

/// The same by other weights.
pub(crate) fn explain_with(article: &Article, weights: &Weights) -> String {
    let lines = each(article, weights).into_iter();
    lines.map(|(_, line)| line).collect()
}

/// The same, number by number: the byte at which each begins, and what was made of it.
pub fn explain_each(article: &Article) -> Vec<(u32, String)> {
    each(article, &data::get().weights)
}

fn each(article: &Article, weights: &Weights) -> Vec<(u32, String)> {
    let data = data::get();
    let document = Document::new(&article.text, &data.lang);
    let none = label_none();
    let mut lines: Vec<(u32, String)> = Vec::new();
    let mut scores = [0.0; data::weights::LABELS];
    let mut refusals: Vec<(u32, String)> = Vec::new();
    walk(
        &document,
        &data.lang,
        None,
        &mut |seen| {
            let label = judge(weights, seen.features, &mut scores);
            let confidence = confidence(&scores, label);
            let mut shares: Vec<(f32, &str, usize)> = Vec::new();
            for (hash, name) in seen.features.hashes.iter().zip(&seen.features.names) {
                for &(l, w) in weights.of(*hash) {
                    if l as usize == label {
                        shares.push((w, name, l as usize));
                    }
                }
            }
            for ((hash, voted), name) in seen.features.votes.iter().zip(&seen.features.vote_names) {
                if *voted as usize == label {
                    shares.extend(
                        weights
                            .of(*hash)
                            .iter()
                            .map(|&(_, w)| (w, name.as_str(), label)),
                    );
                }
            }
            shares.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
            let span = seen.span();
            let mut line = String::new();
            let _ = writeln!(
                line,
                "{:?} at {}: {} {:.2}",
                &article.text[span.range()],
                span.start,
                label_name(label),
                confidence
            );
            for (weight, name, _) in shares.iter().take(5) {
                let _ = writeln!(line, "  {weight:+.1} {name}");
            }
            if seen.features.label.is_some_and(|l| usize::from(l) == label) {
                line.push_str("  a plain label before or above it\n");
            }
            for i in &seen.features.patterns {
                let pattern = &data.lang.patterns.all[*i as usize];
                let _ = writeln!(line, "  pattern of {}: {}", pattern.label, pattern.text);
            }
            lines.push((span.start, line));
            if sure(seen.quantity.form, confidence) {
                label
            } else {
                none
            }
        },
        &mut |quantity, _, why| {
            let tokens = &document.tokens;
            let (start, end) = (
                tokens[quantity.tokens.start].span.start,
                tokens[quantity.tokens.end - 1].span.end,
            );
            refusals.push((
                start,
                format!(
                    "{:?} at {start}: refused: {why}\n",
                    &article.text[start as usize..end as usize]
                ),
            ));
        },
    );
    lines.extend(refusals);
    lines.sort();
    lines
}
