//! Sources without a verb: brackets that close a passage ("(OCHA 20/08/2019)"), cells of a row, and labels of a block ("Source: OCHA").

use std::ops::Range;

use super::claim::Claim;
use super::source::Attribution;
use super::speaker::{Ear, Who};
use crate::data::{self, lang::begin, source::role};
use crate::text::{Document, Span, Token, TokenKind};

/// A citation that closes a passage.
pub(crate) struct Citation {
    /// Tokens from the opening bracket to the closing one.
    pub(crate) tokens: Range<usize>,
    /// Tokens of the first name in it.
    pub(crate) name: Range<usize>,
    /// The date beside that name.
    pub(crate) date: Option<Span>,
}

/// For each claim the words of the date of the citation that closes its passage.
pub(crate) fn citations(document: &Document, claims: &[Claim]) -> Vec<Option<Span>> {
    let mut known: Option<(u32, Vec<Citation>)> = None;
    claims
        .iter()
        .map(|claim| {
            if known.as_ref().is_none_or(|(p, _)| *p != claim.paragraph) {
                let found = paragraph(document, claim.paragraph)
                    .map_or_else(Vec::new, |tokens| find(document, tokens));
                known = Some((claim.paragraph, found));
            }
            let (_, found) = known.as_ref()?;
            closing(found, claim)?.date
        })
        .collect()
}

/// The tokens of a paragraph.
pub(crate) fn paragraph(document: &Document, index: u32) -> Option<Range<usize>> {
    let sentences = &document.paragraphs.get(index as usize)?.sentences;
    let first = document.sentences.get(sentences.start as usize)?;
    let last = document
        .sentences
        .get((sentences.end as usize).checked_sub(1)?)?;
    Some(first.tokens.start as usize..last.tokens.end as usize)
}

/// The citation after a claim; of several brackets in a row the first.
pub(crate) fn closing<'a>(found: &'a [Citation], claim: &Claim) -> Option<&'a Citation> {
    let at = claim.tokens.start as usize;
    if found.iter().any(|c| c.tokens.contains(&at)) {
        return None;
    }
    found.iter().find(|c| c.tokens.start > at)
}

/// A label that names a source for the lines around it.
pub(crate) struct Label {
    paragraph: u32,
    /// Where it stands.
    at: usize,
    /// Credits a picture as often as it closes a report.
    media: bool,
    who: Attribution,
}

/// How many paragraphs below it a label in a heading reaches, and above it one that closes a table.
const BELOW: u32 = 2;
const ABOVE: u32 = 6;
/// How many tokens a line of a block has at most.
pub(crate) const LINE: usize = 30;

impl Ear<'_> {
    /// The source in the brackets that close the claim's passage, or in which it stands.
    pub(crate) fn cited(
        &self,
        claim: &Claim,
        citations: &[Citation],
    ) -> Option<Option<Attribution>> {
        let at = claim.tokens.start as usize;
        let within = citations.iter().find(|c| c.tokens.contains(&at));
        let cited = within.or_else(|| closing(citations, claim))?;
        match self.who(cited.name.clone(), None) {
            Who::Named { who, .. } => Some(Some(who)),
            _ => None,
        }
    }

    /// The cell of the claim's row that is a known organisation: "| Killed | 40 | OCHA |".
    pub(crate) fn cell(&self, claim: &Claim) -> Option<Option<Attribution>> {
        let sentence = self.document.sentences.get(claim.sentence as usize)?;
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        if sentence.begins & begin::BAR == 0 {
            return None;
        }
        let is_bar = |i: &usize| self.begins(*i, begin::BAR);
        let bars: Vec<usize> = range.filter(is_bar).collect();
        let name = bars.windows(2).find_map(|w| {
            let cell = w[0] + 1..w[1];
            let (n, row) = self.source(&cell)?;
            (n == cell.len() && !row.generic).then(|| self.attribution(row.name.clone(), &cell))
        })?;
        Some(Some(name))
    }

    /// Every "Source: the ministry" of the text.
    pub(crate) fn labels(&self) -> Vec<Label> {
        let mut out = Vec::new();
        if self
            .document
            .sentences
            .iter()
            .all(|s| s.begins & begin::LABEL == 0)
        {
            return out;
        }
        for index in 0..self.document.paragraphs.len() as u32 {
            let Some(range) = paragraph(self.document, index) else {
                continue;
            };
            for at in range.clone() {
                if !self.begins(at, begin::LABEL)
                    || !self.has(at, role::LABEL)
                    || self.str(at + 1) != ":"
                {
                    continue;
                }
                let rest = at + 2..range.end;
                let known = self.source(&rest).map(|(n, _)| at + 2..at + 2 + n);
                let name = known.unwrap_or_else(|| self.phrase_after(at + 2, range.end));
                if let Who::Named { who, media } = self.who(name, None) {
                    out.push(Label {
                        paragraph: index,
                        at,
                        media,
                        who,
                    });
                }
            }
        }
        out
    }

    /// The label of the block the claim is a line of: one above it, else one below.
    pub(crate) fn labelled(&self, claim: &Claim, labels: &[Label]) -> Option<Option<Attribution>> {
        let sentence = self.document.sentences.get(claim.sentence as usize)?;
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let line = tokens.len() <= LINE && tokens.clone().any(|i| matches!(self.str(i), ":" | "|"));
        let at = claim.tokens.start as usize;
        let cut = labels.partition_point(|l| l.at < at);
        let (above, below) = (labels.get(cut.wrapping_sub(1)), labels.get(cut));
        let same = below.filter(|l| l.paragraph == claim.paragraph);
        let above = above.filter(|l| line && !l.media && claim.paragraph - l.paragraph <= BELOW);
        let below = below.filter(|l| line && !l.media && l.paragraph - claim.paragraph <= ABOVE);
        same.or(above).or(below).map(|l| Some(l.who.clone()))
    }
}

/// The citations among `range`.
pub(crate) fn find(document: &Document, range: Range<usize>) -> Vec<Citation> {
    let tokens = &document.tokens;
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if tokens[at].begins & begin::OPENING == 0 {
            at += 1;
            continue;
        }
        let end = (at + 1..range.end.min(at + 40)).find(|&j| document.str(&tokens[j]) == ")");
        if let Some(end) = end
            && let Some((name, date)) = inside(document, at + 1..end)
        {
            out.push(Citation {
                tokens: at..end + 1,
                name,
                date,
            });
            at = end;
        }
        at += 1;
    }
    out
}

/// A name and the date after it, or nothing but the name of a known organisation at the end of a sentence.
fn inside(document: &Document, range: Range<usize>) -> Option<(Range<usize>, Option<Span>)> {
    let tokens = &document.tokens[range.clone()];
    let first = tokens.first()?;
    if first.kind != TokenKind::Word || !first.capital {
        return None;
    }
    let mark = |t: &Token, marks: &[&str]| marks.contains(&document.str(t));
    let end = tokens
        .iter()
        .position(|t| mark(t, &[";"]))
        .unwrap_or(tokens.len());
    let part = &tokens[..end];
    let is_year = |t: &Token| {
        t.kind == TokenKind::Number
            && document
                .str(t)
                .parse::<u32>()
                .is_ok_and(|y| (1900..2100).contains(&y))
    };
    let year = part.iter().rposition(is_year);
    let Some(year) = year else {
        let (n, row) = data::get().sources.at(part)?;
        let closes = document
            .tokens
            .get(range.end + 1)
            .is_none_or(|t| matches!(document.str(t), "." | "\n") || t.gap);
        let defines = range
            .start
            .checked_sub(2)
            .and_then(|i| document.tokens.get(i))
            .is_some_and(|t| t.capital || t.kind == TokenKind::Mark && !mark(t, &["%", "]", "."]));
        return (n == part.len() && closes && !defines && !row.generic)
            .then_some((range.start..range.start + n, None));
    };
    // the date goes back over numbers, slashes and the name of a month
    let month = |i: usize| {
        part[i].kind == TokenKind::Word
            && part[i].capital
            && i > 0
            && (part[i - 1].kind == TokenKind::Number
                || part
                    .get(i + 1)
                    .is_some_and(|t| t.kind == TokenKind::Number && document.str(t).len() <= 2))
            && i + 2 >= year.saturating_sub(2)
    };
    let mut start = year;
    while start > 0 {
        let t = &part[start - 1];
        let goes_on = t.kind == TokenKind::Number && document.str(t).len() <= 2
            || mark(t, &["/", "."])
            || month(start - 1);
        if !goes_on {
            break;
        }
        start -= 1;
    }
    let mut stop = start;
    while stop > 0 && part[stop - 1].kind == TokenKind::Mark {
        stop -= 1;
    }
    let words = part[..stop]
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .count();
    let short = stop > 0 && words <= 8 && part[..stop].iter().all(|t| t.kind != TokenKind::Number);
    short.then(|| {
        let date = Span {
            start: part[start].span.start,
            end: part[year].span.end,
        };
        (range.start..range.start + stop, Some(date))
    })
}
