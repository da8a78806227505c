//! Which date of the text belongs to which number.
//!
//! Comes in: claims. Goes out: for each the date at which it holds and the stretch it covers. Only the phrases of the claim's
//! own sentence date an incident, the nearest first; a total falls back to a lead-in of its paragraph ("As of 5 May, ..."),
//! then to the report's own date, then to publication.

use std::rc::Rc;

use chrono::NaiveDate;

use super::Dates;
use super::moment::{Calendar, Moment, Stretch};
use super::phrase::{self, Phrase, When};
use crate::data::date::{Role, Unit, bit};
use crate::data::lang::{Lang, begin};
use crate::data::source::role;
use crate::extract::citation;
use crate::extract::claim::Claim;
use crate::figure::Kind;
use crate::text::{Document, Token, TokenKind};

/// How many sentences at the top may carry a report's own date or period, and how long they may be.
const TOP: u32 = 4;
const SHORT: usize = 30;
/// The same year is meant all through a text that states one in its first tokens.
const YEAR_WITHIN: usize = 30;
/// How far "since" reaches to the date of what has happened since.
const SINCE_WITHIN: usize = 16;
/// Costs (see `distance`) up to which a phrase dates a total.
const NEAR: usize = 15;
const FAR: usize = 100;
/// No phrase further off than so many tokens is looked at, and no lead-in further back than so many sentences.
const REACH: usize = 300;
const BACK: u32 = 8;
/// The cost of a footnote mark: no date reaches over one.
const FOOTNOTE: usize = 10_000;

/// Gives claims their dates.
pub(super) struct Chooser<'d, 'a> {
    document: &'d Document<'a>,
    lang: &'d Lang,
    calendar: Calendar,
    /// The date a report gives itself in its heading.
    report: Option<NaiveDate>,
    /// The stretch it says it covers.
    period: Option<Stretch>,
    /// How many sentences were heard for the year they state.
    heard: u32,
    /// Sentences read lately.
    read: Vec<(u32, Rc<[Phrase]>)>,
}

impl<'d, 'a> Chooser<'d, 'a> {
    pub(super) fn new(
        document: &'d Document<'a>,
        headline: Option<&Document>,
        calendar: Calendar,
        lang: &'d Lang,
    ) -> Self {
        let mut chooser = Chooser {
            document,
            lang,
            calendar,
            report: None,
            period: None,
            heard: 0,
            read: Vec::new(),
        };
        let top = chooser.top();
        chooser.report = chooser.heading(&top);
        chooser.period = chooser.covered(headline, &top);
        chooser.calendar.year = year_of(document, headline.map_or("", |h| h.text));
        chooser
    }

    /// "Floods: situation as of 20 August 2019" among the first lines.
    fn heading(&self, top: &[Phrase]) -> Option<NaiveDate> {
        let stated = top.iter().find(|p| p.role == Some(Role::AsOf))?;
        self.resolve(stated).map(|s| s.1)
    }

    /// "Reporting period: 1 - 15 May 2019" in the title or among the first lines; else the month of the title.
    fn covered(&self, headline: Option<&Document>, top: &[Phrase]) -> Option<Stretch> {
        let title = headline.map_or_else(Vec::new, |headline| {
            phrase::find(headline, self.lang, 0..headline.tokens.len())
        });
        let between = |p: &&Phrase| matches!(p.when, When::Between(..));
        let month = |p: &&Phrase| matches!(p.when, When::One(Moment::Month { year: Some(_), .. }));
        let found = title.iter().find(between);
        let found = found.or_else(|| top.iter().find(between));
        self.resolve(found.or_else(|| title.iter().find(month))?)
    }

    /// The date phrases of the first lines, as far as they are short.
    fn top(&mut self) -> Vec<Phrase> {
        let sentences = &self.document.sentences;
        (0..TOP.min(sentences.len() as u32))
            .filter(|s| sentences[*s as usize].tokens.len() <= SHORT)
            .flat_map(|s| self.phrases(s).to_vec())
            .collect()
    }

    /// The date phrases of a sentence; times of day left out.
    fn phrases(&mut self, sentence: u32) -> Rc<[Phrase]> {
        if let Some((_, found)) = self.read.iter().find(|(s, _)| *s == sentence) {
            return Rc::clone(found);
        }
        let Some(s) = self.document.sentences.get(sentence as usize) else {
            return Rc::default();
        };
        if s.begins & begin::DATE == 0 {
            return Rc::default();
        }
        let range = s.tokens.start as usize..s.tokens.end as usize;
        let mut found = phrase::find(self.document, self.lang, range);
        found.retain(|p| p.when != When::Time);
        let found: Rc<[Phrase]> = found.into();
        if self.read.len() > 2 * BACK as usize {
            self.read.remove(0);
        }
        self.read.push((sentence, Rc::clone(&found)));
        found
    }

    /// The dates of one claim. Claims come in the order of the text.
    pub(super) fn dates(&mut self, claim: &Claim, cited: Option<NaiveDate>) -> Dates {
        self.hear_year(claim.sentence);
        match claim.kind {
            Kind::Total => self.total(claim, &claim.dates, cited),
            Kind::New => self.incident(claim, &claim.dates),
        }
    }

    /// Without a day of publication, the year last stated is meant.
    fn hear_year(&mut self, sentence: u32) {
        while self.calendar.published.is_none() && self.heard <= sentence {
            let stated = self.phrases(self.heard).iter().rev().find_map(|p| {
                let (When::One(moment) | When::Between(_, moment)) = p.when else {
                    return None;
                };
                moment.stated_year()
            });
            self.calendar.year = stated.or(self.calendar.year);
            self.heard += 1;
        }
    }

    fn total(&mut self, claim: &Claim, phrases: &[Phrase], cited: Option<NaiveDate>) -> Dates {
        let at = claim.tokens.start as usize;
        let since = self.nearest(claim, phrases, |p| {
            (self.since(claim, p) || up_to_now(p))
                && (p.tokens.end <= at || self.no_bracket_before(claim, p))
        });
        let stated = self.near(claim, phrases, FAR, |p| {
            matches!(p.role, Some(Role::AsOf | Role::Until)) && !is_window(p)
        });
        let window = self
            .near(claim, phrases, NEAR, is_window)
            .filter(|_| !claim.projected);
        let bracket = self.near(claim, phrases, NEAR + 5, |p| {
            p.tokens.start > at && self.in_brackets(p)
        });
        let point = self.near(claim, phrases, NEAR, |p| {
            self.dates_a_total(p) && !self.since(claim, p)
        });
        let labelled = self.near(claim, phrases, FAR, |p| {
            p.tokens.end <= at && self.is_label(claim, p)
        });
        let as_of = cited
            .or(stated.map(|s| s.1))
            .or(window.map(|s| s.1))
            .or(bracket.map(|s| s.1))
            .or(labelled.map(|s| s.1))
            .or(point.map(|s| s.1))
            .or_else(|| self.lead_in(claim))
            .or(self.report)
            .or(self.calendar.published);
        let start = since.or(window).map(|s| s.0);
        // a report is not older than what it tells of, but may say so
        let start = start.filter(|start| as_of.is_none_or(|day| *start <= day));
        Dates {
            as_of,
            period_start: start,
            period_end: start.and(as_of),
        }
    }

    /// "Were detained in March"; "stood at 2,086 on Aug 11"; "officials said on Friday"; any day where there is no day of publication.
    fn dates_a_total(&self, phrase: &Phrase) -> bool {
        let When::One(moment) = phrase.when else {
            return false;
        };
        match moment {
            Moment::Month { .. } | Moment::LastNamed(_) | Moment::Year(_) => {
                matches!(phrase.role, Some(Role::Within) | None)
            }
            Moment::Day { .. } if phrase.role == Some(Role::Within) => true,
            Moment::Day { .. } | Moment::Weekday(_) | Moment::Back(_) => {
                self.of_saying(phrase) || self.calendar.published.is_none()
            }
            _ => false,
        }
    }

    /// "- 20 June 2014: 423 killed": a line that its date opens.
    fn is_label(&self, claim: &Claim, phrase: &Phrase) -> bool {
        let first = self.document.sentences[claim.sentence as usize]
            .tokens
            .start as usize;
        let after = self.document.tokens.get(phrase.tokens.end);
        phrase.start <= first + 1
            && matches!(phrase.when, When::One(_))
            && after.is_some_and(|t| matches!(self.document.str(t), ":" | "|"))
    }

    /// "(2023)", "(May 2019)" after a number.
    fn in_brackets(&self, phrase: &Phrase) -> bool {
        let is = |at: Option<usize>, mark: &str| {
            at.and_then(|i| self.document.tokens.get(i))
                .is_some_and(|t| self.document.str(t) == mark)
        };
        is(phrase.tokens.start.checked_sub(1), "(") && is(Some(phrase.tokens.end), ")")
    }

    /// "Since February", "since the war began in February".
    fn since(&self, claim: &Claim, phrase: &Phrase) -> bool {
        match phrase.role {
            Some(Role::AsOf | Role::Until | Role::Beside) => false,
            Some(Role::Since) => true,
            _ => self.reaches_back(claim, phrase),
        }
    }

    /// A word of "since" stands before, over no number and no end of a sentence.
    fn reaches_back(&self, claim: &Claim, phrase: &Phrase) -> bool {
        let first = self.document.sentences[claim.sentence as usize]
            .tokens
            .start as usize;
        let from = first.max(phrase.start.saturating_sub(SINCE_WITHIN));
        let tokens = &self.document.tokens[from.min(phrase.start)..phrase.start];
        let since = (0..tokens.len()).rev().find(|i| {
            let role = self.lang.dates.roles.at(&tokens[*i..]);
            role.is_some_and(|(_, role)| *role == Role::Since)
        });
        since.is_some_and(|i| {
            tokens[i..]
                .iter()
                .all(|t| t.kind != TokenKind::Number && !matches!(self.document.str(t), "." | ";"))
        })
    }

    /// "352 (40 since May)": the bracket has its own number.
    fn no_bracket_before(&self, claim: &Claim, phrase: &Phrase) -> bool {
        let between = claim.tokens.end as usize..phrase.start;
        let tokens = self.document.tokens.get(between).unwrap_or(&[]);
        !tokens.iter().any(|t| self.document.str(t) == "(")
    }

    /// An "as of" that opened an earlier sentence of the paragraph.
    fn lead_in(&mut self, claim: &Claim) -> Option<NaiveDate> {
        let paragraph = &self.document.paragraphs[claim.paragraph as usize];
        let first = paragraph
            .sentences
            .start
            .max(claim.sentence.saturating_sub(BACK));
        for sentence in (first..claim.sentence).rev() {
            let opens = self.document.sentences[sentence as usize].tokens.start as usize;
            let found = self.phrases(sentence);
            let lead = found
                .iter()
                .find(|p| p.role == Some(Role::AsOf) && p.start <= opens + 4);
            if let Some(lead) = lead {
                return self.resolve(lead).map(|s| s.1);
            }
        }
        None
    }

    fn incident(&self, claim: &Claim, phrases: &[Phrase]) -> Dates {
        let reported = self.period.filter(|_| self.of_the_report(claim));
        let stretch =
            reported.or_else(|| self.near(claim, phrases, FOOTNOTE, |p| self.dates_an_incident(p)));
        Dates {
            as_of: None,
            period_start: stretch.map(|s| s.0),
            period_end: stretch.map(|s| s.1),
        }
    }

    /// The sentence speaks of "the reporting period".
    fn of_the_report(&self, claim: &Claim) -> bool {
        let sentence = &self.document.sentences[claim.sentence as usize].tokens;
        let from =
            (sentence.start as usize).max((claim.tokens.start as usize).saturating_sub(REACH));
        let to = (sentence.end as usize).min(claim.tokens.end as usize + REACH);
        let tokens = self.document.tokens.get(from..to).unwrap_or(&[]);
        let reporting = &self.lang.dates.reporting;
        (0..tokens.len()).any(|i| reporting.at(&tokens[i..]).is_some())
    }

    fn dates_an_incident(&self, phrase: &Phrase) -> bool {
        match phrase.role {
            Some(Role::Beside | Role::AsOf) => false,
            // "since Tuesday, when 19 were killed"
            Some(Role::Since) => {
                let after = self.document.tokens.get(phrase.tokens.end..).unwrap_or(&[]);
                after
                    .iter()
                    .take(2)
                    .any(|t| self.lang.dates.bits(t) & bit::WHEN != 0)
            }
            _ => !self.of_saying(phrase),
        }
    }

    /// "Officials said on Monday": the day of the words, not of the deed.
    fn of_saying(&self, phrase: &Phrase) -> bool {
        let token = |at: usize| at.checked_sub(1).and_then(|i| self.document.tokens.get(i));
        let the = phrase.start < phrase.tokens.start
            && token(phrase.tokens.start).is_some_and(|t| self.lang.dates.bits(t) & bit::THE != 0);
        let said =
            token(phrase.start).is_some_and(|t| self.lang.attribution.roles(t) & role::SAY != 0);
        said && !the
    }

    /// The days of the nearest good phrase.
    fn nearest(
        &self,
        claim: &Claim,
        phrases: &[Phrase],
        good: impl Fn(&Phrase) -> bool,
    ) -> Option<Stretch> {
        self.near(claim, phrases, usize::MAX, good)
    }

    /// The same, if it stands nearer than `limit`.
    fn near(
        &self,
        claim: &Claim,
        phrases: &[Phrase],
        limit: usize,
        good: impl Fn(&Phrase) -> bool,
    ) -> Option<Stretch> {
        let (from, to) = (claim.tokens.start as usize, claim.tokens.end as usize);
        let first = phrases.partition_point(|p| p.tokens.end + REACH < from);
        phrases[first..]
            .iter()
            .take_while(|p| p.tokens.start <= to + REACH)
            .filter(|p| good(p))
            .map(|p| (self.distance(claim, p), p))
            .filter(|(distance, _)| *distance < limit)
            .min_by_key(|(distance, _)| *distance)
            .and_then(|(_, p)| self.resolve(p))
    }

    /// Words between a claim and a phrase; marks, numbers and words that break a clause cost more.
    fn distance(&self, claim: &Claim, phrase: &Phrase) -> usize {
        let (from, to) = (claim.tokens.start as usize, claim.tokens.end as usize);
        let between = if phrase.tokens.end <= from {
            phrase.tokens.end..from
        } else {
            to..phrase.start.max(to)
        };
        let cost = |t: &Token| match t.kind {
            TokenKind::Mark => match self.document.str(t) {
                "[" => FOOTNOTE,
                "." => 30,
                "—" | ":" => 20,
                ";" => 5,
                "," | "–" | "(" | ")" => 3,
                _ => 1,
            },
            TokenKind::Number => 4,
            TokenKind::Word if self.lang.dates.bits(t) & bit::BREAK != 0 => 8,
            TokenKind::Word => 1,
        };
        let tokens = self.document.tokens.get(between).unwrap_or(&[]);
        tokens.iter().map(cost).sum()
    }

    fn resolve(&self, phrase: &Phrase) -> Option<Stretch> {
        self.calendar.days(phrase)
    }
}

fn is_window(phrase: &Phrase) -> bool {
    matches!(phrase.when, When::Between(..))
}

/// "This year", "so far in 2018", "the past three weeks": a stretch up to now.
fn up_to_now(phrase: &Phrase) -> bool {
    let When::One(moment) = phrase.when else {
        return phrase.running;
    };
    let open = match moment {
        Moment::This(unit) => unit == Unit::Year,
        Moment::Past(_, unit) => !matches!(unit, Unit::Minute | Unit::Hour | Unit::Day),
        _ => false,
    };
    phrase.running || open && phrase.role != Some(Role::Against)
}

/// The year that a title begins with, or that stands at the very start of the text.
fn year_of(document: &Document, title: &str) -> Option<i32> {
    let year = |text: &str| {
        let year = text.parse().ok()?;
        (text.len() == 4 && (1900..2060).contains(&year)).then_some(year)
    };
    let first = |text: &str| text.get(..4).and_then(year);
    let tokens = document.tokens.iter().take(YEAR_WITHIN);
    let mut numbers = tokens.filter(|t| t.kind == TokenKind::Number);
    first(title).or_else(|| numbers.find_map(|t| year(document.str(t))))
}

/// A part has the stretch of the number before it: "On 15 May 30 were killed. Among them were two children."
pub(super) fn spread(claims: &[Claim], dates: &mut [Dates]) {
    for i in 1..claims.len().min(dates.len()) {
        let (claim, before) = (&claims[i], &claims[i - 1]);
        let follows = claim.sentence <= before.sentence + 1 && claim.paragraph == before.paragraph;
        let incidents = claim.kind == Kind::New && before.kind == Kind::New;
        if claim.part_of && incidents && follows && dates[i] == Dates::default() {
            dates[i] = dates[i - 1];
        }
    }
}

/// The date of the citation that closes each claim's passage: "(OCHA 20/08/2019)".
pub(super) fn cited(
    document: &Document,
    lang: &Lang,
    calendar: Calendar,
    claims: &[Claim],
) -> Vec<Option<NaiveDate>> {
    let tokens = &document.tokens;
    let date = |span: crate::text::Span| {
        let start = tokens.partition_point(|t| t.span.start < span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        let found = phrase::find(document, lang, start..end);
        calendar.days(found.first()?).map(|s| s.1)
    };
    let spans = citation::citations(document, claims);
    spans.into_iter().map(|span| date(span?)).collect()
}
