//! Which date of the text belongs to which number.
//!
//! Comes in: claims. Goes out: for each the date at which it holds and the stretch it covers. A phrase of the claim's own
//! sentence wins, the nearest first; then a lead-in or the same incident earlier in the paragraph; a total falls back to the
//! report's own date, then to publication.

use chrono::NaiveDate;

use super::Dates;
use super::moment::{Moment, Stretch};
use super::phrase::{self, Phrase, When};
use crate::article::Article;
use crate::data::date::{Role, bit};
use crate::data::lang::Lang;
use crate::data::source::role;
use crate::extract::citation;
use crate::extract::claim::Claim;
use crate::figure::Kind;
use crate::text::{Document, Token, TokenKind};

/// How many sentences at the top may carry a report's own date.
const TOP: u32 = 4;
/// How many sentences back in its paragraph a number's date may stand.
const BACK: u32 = 3;

/// Gives claims their dates.
pub(super) struct Chooser<'d, 'a> {
    document: &'d Document<'a>,
    lang: &'d Lang,
    published: Option<NaiveDate>,
    /// The date a report gives itself in its heading.
    report: Option<NaiveDate>,
    /// The year last stated, in a text without a day of publication.
    year: Option<i32>,
    /// How many sentences were looked through for it.
    heard: u32,
    /// Sentences already read, the last few.
    read: Vec<(u32, Vec<Phrase>)>,
}

impl<'d, 'a> Chooser<'d, 'a> {
    pub(super) fn new(document: &'d Document<'a>, article: &Article, lang: &'d Lang) -> Self {
        let mut chooser = Chooser {
            document,
            lang,
            published: article.published,
            report: None,
            year: None,
            heard: 0,
            read: Vec::new(),
        };
        chooser.report = chooser.heading();
        chooser
    }

    /// "Floods: situation as of 20 August 2019" among the first lines.
    fn heading(&mut self) -> Option<NaiveDate> {
        let last = TOP.min(self.document.sentences.len() as u32);
        for sentence in 0..last {
            let short = self.document.sentences[sentence as usize].tokens.len() <= 30;
            for phrase in self.phrases(sentence) {
                if phrase.role == Some(Role::AsOf) && short {
                    return self.resolve(&phrase).map(|s| s.1);
                }
            }
        }
        None
    }

    /// The date phrases of a sentence; times of day left out.
    fn phrases(&mut self, sentence: u32) -> Vec<Phrase> {
        if let Some((_, found)) = self.read.iter().find(|(s, _)| *s == sentence) {
            return found.clone();
        }
        let Some(s) = self.document.sentences.get(sentence as usize) else {
            return Vec::new();
        };
        let range = s.tokens.start as usize..s.tokens.end as usize;
        let mut found = phrase::find(self.document, self.lang, range);
        found.retain(|p| p.when != When::Time);
        if self.read.len() > 8 {
            self.read.remove(0);
        }
        self.read.push((sentence, found.clone()));
        found
    }

    /// The dates of one claim. Claims come in the order of the text.
    pub(super) fn dates(&mut self, claim: &Claim, cited: Option<NaiveDate>) -> Dates {
        self.remember_year(claim.sentence);
        match claim.kind {
            Kind::Total => self.total(claim, cited),
            Kind::New => self.new_one(claim),
        }
    }

    /// Without a day of publication, the year last stated is meant.
    fn remember_year(&mut self, sentence: u32) {
        if self.published.is_some() {
            return;
        }
        while self.heard <= sentence {
            let stated = self
                .phrases(self.heard)
                .iter()
                .rev()
                .find_map(|p| match p.when {
                    When::One(moment) | When::Between(_, moment) => moment.stated_year(),
                    When::Time => None,
                });
            self.year = stated.or(self.year);
            self.heard += 1;
        }
    }

    fn total(&mut self, claim: &Claim, cited: Option<NaiveDate>) -> Dates {
        let phrases = self.phrases(claim.sentence);
        let at = claim.tokens.start as usize;
        let since = self.nearest(claim, &phrases, |p| {
            (self.since(p) || p.running) && (p.tokens.end <= at || self.open(claim, p))
        });
        let window = self.nearest(claim, &phrases, |p| matches!(p.when, When::Between(..)));
        let stated = self.nearest(claim, &phrases, |p| self.holds(p));
        let (since, window, stated) = (
            since.and_then(|p| self.resolve(p)),
            window.and_then(|p| self.resolve(p)),
            stated.and_then(|p| self.resolve(p)),
        );
        let as_of = cited
            .or(stated.map(|s| s.1))
            .or(window.map(|w| w.1))
            .or_else(|| self.led(claim))
            .or(self.report)
            .or(self.published);
        let start = since.or(window).map(|s| s.0);
        Dates {
            as_of,
            period_start: start,
            period_end: start.and(as_of),
        }
    }

    /// "As of 5 May", "by Tuesday".
    fn holds(&self, phrase: &Phrase) -> bool {
        let _ = self;
        matches!(phrase.role, Some(Role::AsOf | Role::Until))
            && !matches!(phrase.when, When::Between(..))
    }

    /// "Since February", "since the war began in February".
    fn since(&self, phrase: &Phrase) -> bool {
        phrase.role == Some(Role::Since) || self.began(phrase) && self.reaches_back(phrase)
    }

    /// A word of beginning stands right before the date.
    fn began(&self, phrase: &Phrase) -> bool {
        let tokens = &self.document.tokens;
        let from = phrase.start.saturating_sub(4);
        tokens[from..phrase.start]
            .iter()
            .any(|t| self.lang.dates.bits(t) & bit::BEGAN != 0)
    }

    /// A word of "since" stands before the beginning.
    fn reaches_back(&self, phrase: &Phrase) -> bool {
        let tokens = &self.document.tokens;
        (phrase.start.saturating_sub(14)..phrase.start).any(|i| {
            self.lang
                .dates
                .roles
                .at(&tokens[i..phrase.start])
                .is_some_and(|(_, role)| *role == Role::Since)
        })
    }

    /// No other number and no bracket stands between the claim and a phrase after it.
    fn open(&self, claim: &Claim, phrase: &Phrase) -> bool {
        let tokens = self
            .document
            .tokens
            .get(claim.tokens.end as usize..phrase.start)
            .unwrap_or(&[]);
        !tokens.iter().any(|t| self.document.str(t) == "(")
    }

    /// An "as of" that opened an earlier sentence of the paragraph.
    fn led(&mut self, claim: &Claim) -> Option<NaiveDate> {
        let first = self.document.paragraphs[claim.paragraph as usize]
            .sentences
            .start;
        for sentence in (first..claim.sentence).rev() {
            let opens = self.document.sentences[sentence as usize].tokens.start as usize;
            let found = self.phrases(sentence);
            let lead = found
                .iter()
                .find(|p| p.role == Some(Role::AsOf) && p.start <= opens + 1);
            if let Some(lead) = lead {
                return self.resolve(lead).map(|s| s.1);
            }
        }
        None
    }

    fn new_one(&mut self, claim: &Claim) -> Dates {
        let phrases = self.phrases(claim.sentence);
        let own = self.nearest(claim, &phrases, |p| self.dates_an_event(p));
        let stretch = match own {
            Some(phrase) => self.resolve(phrase),
            None => self.earlier(claim),
        };
        Dates {
            as_of: None,
            period_start: stretch.map(|s| s.0),
            period_end: stretch.map(|s| s.1),
        }
    }

    fn dates_an_event(&self, phrase: &Phrase) -> bool {
        let followed = self.document.tokens.get(phrase.tokens.end..).unwrap_or(&[]);
        let when = followed
            .iter()
            .take(2)
            .any(|t| self.lang.dates.bits(t) & bit::WHEN != 0);
        match phrase.role {
            Some(Role::Beside | Role::AsOf) => false,
            Some(Role::Since) => when,
            _ => !self.of_saying(phrase),
        }
    }

    /// "Officials said on Monday": the day of the words, not of the deed.
    fn of_saying(&self, phrase: &Phrase) -> bool {
        let tokens = &self.document.tokens;
        phrase.start > 0 && self.lang.attribution.roles(&tokens[phrase.start - 1]) & role::SAY != 0
    }

    /// The same incident, dated in an earlier sentence of the paragraph.
    fn earlier(&mut self, claim: &Claim) -> Option<Stretch> {
        let first = self.document.paragraphs[claim.paragraph as usize]
            .sentences
            .start;
        let back = claim.sentence.saturating_sub(BACK).max(first);
        for sentence in (back..claim.sentence).rev() {
            let found = self.phrases(sentence);
            let event = found.iter().rev().find(|p| self.dates_an_event(p));
            if let Some(event) = event {
                return self.resolve(event);
            }
        }
        None
    }

    /// The phrase that stands nearest to the claim, over as few other numbers and clause marks as possible.
    fn nearest<'p>(
        &self,
        claim: &Claim,
        phrases: &'p [Phrase],
        good: impl Fn(&Phrase) -> bool,
    ) -> Option<&'p Phrase> {
        phrases
            .iter()
            .filter(|p| good(p))
            .min_by_key(|p| self.distance(claim, p))
    }

    fn distance(&self, claim: &Claim, phrase: &Phrase) -> usize {
        let (from, to) = (claim.tokens.start as usize, claim.tokens.end as usize);
        let between = if phrase.tokens.end <= from {
            phrase.tokens.end..from
        } else {
            to..phrase.start.max(to)
        };
        let Some(tokens) = self.document.tokens.get(between) else {
            return 0;
        };
        let cost = |t: &Token| match t.kind {
            TokenKind::Mark => match self.document.str(t) {
                ";" | "—" | ":" => 20,
                "," | "–" | "(" | ")" => 3,
                _ => 1,
            },
            TokenKind::Number => 4,
            TokenKind::Word if self.lang.dates.bits(t) & bit::BREAK != 0 => 8,
            TokenKind::Word => 1,
        };
        tokens.iter().map(cost).sum()
    }

    /// The days a phrase means.
    fn resolve(&self, phrase: &Phrase) -> Option<Stretch> {
        if phrase.early {
            return None;
        }
        let days = |moment: Moment| moment.resolve(self.published, self.year);
        let (start, end) = match phrase.when {
            When::Time => return None,
            When::One(moment) => {
                let (start, end) = days(moment)?;
                if phrase.end_of {
                    (end, end)
                } else {
                    (start, end)
                }
            }
            When::Between(from, to) => (days(from)?.0, days(to)?.1),
        };
        // never past publication
        match self.published {
            Some(p) if start <= p && end > p => Some((start, p)),
            _ => (start <= end).then_some((start, end)),
        }
    }
}

/// The date of each claim's closing citation.
pub(super) fn cited(
    document: &Document,
    lang: &Lang,
    published: Option<NaiveDate>,
    claims: &[Claim],
) -> Vec<Option<NaiveDate>> {
    let tokens = &document.tokens;
    citation::citations(document, claims)
        .into_iter()
        .map(|span| {
            let span = span?;
            let start = tokens.partition_point(|t| t.span.start < span.start);
            let end = tokens.partition_point(|t| t.span.start < span.end);
            let found = phrase::find(document, lang, start..end);
            match found.first()?.when {
                When::One(moment) => Some(moment.resolve(published, None)?.1),
                When::Between(_, to) => Some(to.resolve(published, None)?.1),
                When::Time => None,
            }
        })
        .collect()
}
