//! `src/data` reads `data/`: the same names, one file each. Everything is compiled in.

pub(crate) mod date;
pub(crate) mod dateline;
pub(crate) mod flag;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the keys are made by build.rs, the program reads them"
    )
)]
pub(crate) mod fold;
pub(crate) mod hazard;
pub(crate) mod lang;
pub mod measure;
mod number;
pub(crate) mod page;
pub(crate) mod pattern;
pub(crate) mod place;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod total;
pub(crate) mod victim;
pub(crate) mod weights;
pub(crate) mod words;

use std::sync::LazyLock;

/// All tables, read once.
pub struct Data {
    pub(crate) hazards: Vec<hazard::Hazard>,
    pub(crate) measures: Vec<measure::Row>,
    pub(crate) lang: lang::Lang,
    pub(crate) page: page::Page,
    pub(crate) places: place::Places,
    pub(crate) sources: source::Sources,
    pub(crate) weights: weights::Weights,
    /// By trigger class: the measure it speaks for.
    pub(crate) votes: Vec<Option<u8>>,
    /// By pattern: the label it speaks for.
    pub(crate) pattern_labels: Vec<u8>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let measures =
        measure::parse(include_str!("../../data/measures.toml")).unwrap_or_else(|e| panic!("{e}"));
    let labels = labels(&measures);
    let lang = lang::Lang::compiled_in();
    let votes = lang
        .speaks_for
        .iter()
        .map(|code| {
            measures
                .iter()
                .position(|m| Some(&m.code) == code.as_ref())
                .map(|i| i as u8)
        })
        .collect();
    let pattern_labels = lang
        .patterns
        .all
        .iter()
        .map(|p| {
            labels
                .iter()
                .position(|l| *l == p.label)
                .unwrap_or_else(|| {
                    panic!("data/lang/en.toml: no measure {:?} for patterns", p.label)
                }) as u8
        })
        .collect();
    let weights = weights::Weights::parse(
        "data/weights/en.tsv",
        include_str!("../../data/weights/en.tsv"),
        &labels,
    )
    .unwrap_or_else(|e| panic!("{e}"));
    Data {
        weights,
        votes,
        pattern_labels,
        hazards: hazard::compiled_in(),
        measures,
        lang,
        page: page::Page::compiled_in(),
        places: place::Places::compiled_in(),
        sources: source::Sources::compiled_in(),
    }
});

/// The tables.
pub(crate) fn get() -> &'static Data {
    &DATA
}

/// Every label of the weights: the measures in their order, then the questions.
pub(crate) fn labels(measures: &[measure::Row]) -> Vec<&str> {
    measures
        .iter()
        .map(|m| m.code.as_str())
        .chain(weights::QUESTIONS)
        .collect()
}
