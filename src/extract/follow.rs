//! "He", "the agency", "its tally" -> the one named before.
//!
//! Comes in: what the words ask for and who has spoken so far. Goes out: a speaker of the paragraph, one named in it, or one of the
//! paragraphs before; the nearest that fits.

use std::ops::Range;

use super::source::Attribution;
use super::speaker::{Ear, Head};
use crate::data::{self, lang::Vocabulary, source::role};
use crate::text::token;

/// How many paragraphs "he said" reaches back.
const BACK: u32 = 6;
/// How many tokens a name that does not speak reaches on.
const NEAR: usize = 400;

/// A speaker, and whether they pass on what others counted.
type Speaker = (Attribution, bool);

/// Who has spoken in a paragraph so far.
pub(crate) struct Heard {
    paragraph: u32,
    depth: u8,
    speakers: Vec<Speaker>,
    /// Who spoke in the paragraphs before, once somebody has asked.
    before: Option<Vec<Speaker>>,
}

impl Heard {
    /// Nobody yet; `depth` is how many times over paragraphs before may be listened to.
    pub(crate) fn new(paragraph: u32, depth: u8) -> Self {
        Heard {
            paragraph,
            depth,
            speakers: Vec::new(),
            before: None,
        }
    }

    pub(crate) fn speaks(&mut self, who: &Attribution, media: bool) {
        if !media || self.speakers.is_empty() {
            self.speakers.push((who.clone(), media));
        }
    }
}

impl Ear<'_> {
    /// The one whom the words at `at` mean.
    pub(crate) fn follow(&self, head: &Head, at: usize, heard: &mut Heard) -> Option<Speaker> {
        let found = match head {
            Head::Person => heard
                .speakers
                .last()
                .cloned()
                .or_else(|| self.person_before(at, heard.paragraph))
                .or_else(|| self.spoke_before(heard, |_| true)),
            Head::Thing => heard
                .speakers
                .last()
                .cloned()
                .or_else(|| self.body_before(at, heard.paragraph, |_| true))
                .or_else(|| self.spoke_before(heard, |_| true)),
            Head::Same => heard
                .speakers
                .last()
                .cloned()
                .or_else(|| self.spoke_before(heard, |_| true)),
            Head::Owner => {
                let body = |s: &Speaker| is_body(&s.0.name);
                heard
                    .speakers
                    .last()
                    .filter(|s| body(s))
                    .cloned()
                    .or_else(|| {
                        if heard.speakers.is_empty() {
                            self.spoke_before(heard, body)
                        } else {
                            None
                        }
                    })
            }
            Head::Body(word) => {
                let fits = |s: &Speaker| self.fits(&s.0.name, *word);
                let spoken = heard.speakers.iter().rev().find(|s| fits(s)).cloned();
                if self.has(*word, role::PEOPLE) && !self.has(*word, role::BODY) {
                    // "the doctor": a person who spoke, else nothing but a doctor
                    let person = |s: &Speaker| !is_body(&s.0.name);
                    spoken
                        .or_else(|| heard.speakers.last().filter(|s| person(s)).cloned())
                        .or_else(|| self.spoke_before(heard, |s| fits(s) || person(s)))
                        .or_else(|| {
                            let word = *word..*word + 1;
                            Some((self.attribution(self.text(&word), &word), false))
                        })
                } else {
                    spoken
                        .or_else(|| {
                            self.body_before(at, heard.paragraph, |name| self.fits(name, *word))
                        })
                        .or_else(|| self.spoke_before(heard, fits))
                        .or_else(|| heard.speakers.last().cloned())
                        .or_else(|| self.body_before(at, heard.paragraph, |_| true))
                        .or_else(|| self.spoke_before(heard, |_| true))
                }
            }
        }?;
        if !matches!(head, Head::Owner) {
            heard.speaks(&found.0, found.1);
        }
        Some(found)
    }

    /// The last that fits of those who spoke in the paragraphs before.
    fn spoke_before(&self, heard: &mut Heard, fits: impl Fn(&Speaker) -> bool) -> Option<Speaker> {
        let depth = heard.depth.checked_sub(1)?;
        let paragraph = heard.paragraph;
        let before = heard.before.get_or_insert_with(|| {
            (paragraph.saturating_sub(BACK)..paragraph)
                .flat_map(|p| self.utterances(p, depth))
                .filter_map(|u| u.who.map(|who| (who, u.media)))
                .collect()
        });
        before.iter().rev().find(|s| fits(s)).cloned()
    }

    /// Whether "the office" can be this one.
    fn fits(&self, name: &str, word: usize) -> bool {
        let Some(word) = self.token(word) else {
            return false;
        };
        if let Some(row) = data::get().sources.named(name) {
            return row.has_word(word.hash);
        }
        let cut = token::tokens(name, &Vocabulary::default());
        cut.iter().any(|t| t.hash == word.hash)
    }

    /// Tokens before `at`: of its paragraph, and of those before.
    fn near(&self, at: usize, paragraph: u32) -> Range<usize> {
        let first = paragraph.saturating_sub(BACK);
        let start = super::citation::paragraph(self.document, first).map_or(at, |r| r.start);
        start.max(at.saturating_sub(NEAR)).min(at)..at
    }

    /// The last organisation named before that fits; "the agency" may be one that has not spoken.
    fn body_before(
        &self,
        at: usize,
        paragraph: u32,
        fits: impl Fn(&str) -> bool,
    ) -> Option<Speaker> {
        let near = self.near(at, paragraph);
        let mut found = None;
        let mut i = near.start;
        while i < near.end {
            let Some((n, row)) = data::get().sources.at(&self.document.tokens[i..near.end]) else {
                i += 1;
                continue;
            };
            if !row.generic && !row.media && row.speaks && fits(&row.name) {
                found = Some((self.attribution(row.name.clone(), &(i..i + n)), false));
            }
            i += n;
        }
        found
    }

    /// The last person named with a title in the same paragraph.
    fn person_before(&self, at: usize, paragraph: u32) -> Option<Speaker> {
        let start = super::citation::paragraph(self.document, paragraph)?.start;
        let near = start.max(at.saturating_sub(NEAR))..at;
        let mut found = None;
        let mut i = near.start;
        while i + 1 < near.end {
            i += 1;
            if !self.has(i - 1, role::TITLE) {
                continue;
            }
            let mut end = i;
            while end < near.end
                && self.capital(end)
                && !self.has(end, role::TITLE | role::BODY | role::STOP | role::TIME)
            {
                end += 1;
            }
            if end >= i + 2 {
                let name = i..end;
                found = Some((self.attribution(self.text(&name), &name), false));
                i = end;
            }
        }
        found
    }
}

/// Whether a name is a body's: a known organisation, or one that says so.
fn is_body(name: &str) -> bool {
    let known = data::get().sources.named(name);
    known.map_or_else(
        || {
            let lang = &data::get().lang;
            let cut = token::tokens(name, &lang.vocabulary);
            let is_body = |t| lang.attribution.roles(t) & role::BODY != 0;
            cut.iter().any(is_body)
        },
        |row| !row.generic && !row.media,
    )
}
