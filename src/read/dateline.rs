//! When a text was published, as its head says it. In: a text without metadata; out: a day, or nothing.
//!
//! Taken for the date of publication, in this order: a line with a label ("Published: 2015-02-06"), a dateline ("KYIV, 3 March 2022
//! (Agency) —"), a line that is a date and no more, the caption under the headline ("…in Moscow, Feb. 6, 2015."), a line that says when it
//! was updated. A date without a year, in running text, or with day and month in doubt (03/04/2015) says nothing.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::data::{self, dateline::Datelines};

/// The head: so many lines that are not blank.
const HEAD: usize = 12;
/// Bytes of a line that are looked at for labels and datelines.
const LINE_START: usize = 200;
/// Bytes at the end of a caption that are looked at.
const LINE_END: usize = 160;
/// Words and numbers of a line that is no sentence.
const SHORT: usize = 14;
/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A day given as metadata: ISO 8601, with or without time, or in words; else what is wrong.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let iso = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let rest = text.get(10..).unwrap_or_default();
    iso.filter(|_| rest.is_empty() || rest.starts_with(['T', 't', ' ']))
        .or_else(|| {
            starts_with_date(text)
                .filter(|(_, rest)| is_time(rest))
                .map(|(d, _)| d)
        })
        .ok_or_else(|| {
            let shown: String = text.chars().take(30).collect();
            format!("published is no day: {shown:?}; write it as 2015-02-06")
        })
}

/// The date of publication that the head of the text gives.
pub(super) fn published(text: &str) -> Option<NaiveDate> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(HEAD)
        .collect();
    let words = &data::get().lang.datelines;
    let first = |from: usize, to: usize, when: &dyn Fn(&str) -> Option<NaiveDate>| {
        lines.iter().take(to).skip(from).find_map(|line| when(line))
    };
    first(0, HEAD, &|line| labelled(line, &words.labels))
        .or_else(|| first(0, 4, &dateline))
        .or_else(|| first(0, 6, &bare))
        .or_else(|| first(1, 4.min(lines.len().saturating_sub(1)), &caption))
        .or_else(|| first(0, HEAD, &|line| labelled(line, &words.late_labels)))
}

/// The day that the head of a report says its figures hold: "Situation report 7 (as of 3 March 2022)".
pub(super) fn reported(text: &str) -> Option<NaiveDate> {
    let labels = &data::get().lang.datelines.report_labels;
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let day = |line: &str| {
        let line = clip(line, LINE_START);
        let words = words(line);
        (0..words.len()).find_map(|at| {
            let (range, day) = date_at(line, &words, at)?;
            let before = line[..range.start]
                .trim_end_matches([':', ' ', ','])
                .to_lowercase();
            let labelled = labels.iter().any(|label| {
                before
                    .strip_suffix(label.as_str())
                    .is_some_and(|b| !b.ends_with(char::is_alphanumeric))
            });
            // "Flash update 3 | 4 May 2021": a date that ends a short line
            let ends = line[range.end..].trim().is_empty() && words.len() <= SHORT;
            (labelled || ends).then_some(day)
        })
    };
    lines.take(HEAD).find_map(day)
}

/// True for a line that gives a date and no more, with or without a label.
pub(super) fn only_says_when(line: &str) -> bool {
    let words = &data::get().lang.datelines;
    bare(line).is_some()
        || labelled(line, &words.labels).is_some()
        || labelled(line, &words.late_labels).is_some()
}

/// True for a line that starts with a dateline.
pub(super) fn is_dateline(line: &str) -> bool {
    dateline(line).is_some()
}

/// "Published: 6 February 2015, 10:15".
fn labelled(line: &str, labels: &[String]) -> Option<NaiveDate> {
    let line = line.trim_start_matches(['*', '_', '(', '[', '#', ' ']);
    let rest = labels
        .iter()
        .filter_map(|label| {
            let start = line.get(..label.len())?;
            let rest = &line[label.len()..];
            let ends = !rest.starts_with(char::is_alphanumeric);
            (start.eq_ignore_ascii_case(label) && ends).then_some(rest)
        })
        .min_by_key(|rest| rest.len())?;
    bare(rest.trim_start_matches([':', '*', '_', ' ', '\t', '-', '\u{a0}']))
}

/// "Friday, 6 February 2015", "Feb. 6, 2015 10:15 GMT".
fn bare(line: &str) -> Option<NaiveDate> {
    let (day, rest) = starts_with_date(line.trim_start_matches(['*', '_', '(', '[']))?;
    is_time(rest).then_some(day)
}

/// What may stand after a date on its line: a time of day, marks.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",.*_)]".contains(c));
    rest.is_empty()
        || rest.len() <= 40
            && rest.contains(|c: char| c.is_ascii_digit())
            && rest.split_whitespace().count() <= 6
}

/// The date that a line starts with, a weekday before it passed over, and what follows.
fn starts_with_date(line: &str) -> Option<(NaiveDate, &str)> {
    let line = clip(line, LINE_START);
    let words = words(line);
    let weekdays = &data::get().lang.datelines.weekdays;
    let at = usize::from(is_one_of(line, words.first()?, weekdays));
    let (range, day) = date_at(line, &words, at)?;
    let lead = if at == 0 { 0 } else { words[0].span.end };
    is_gap(&line[lead..range.start]).then(|| (day, &line[range.end..]))
}

/// "KYIV, 3 March 2022 (Agency) —", "(Geneva, 12 May 2016)", "12 May 2016 (Juba) –".
fn dateline(line: &str) -> Option<NaiveDate> {
    let line = clip(line, LINE_START);
    let words = words(line);
    let (range, day) = (0..words.len().min(12)).find_map(|at| date_at(line, &words, at))?;
    let (before, after) = (&line[..range.start], &line[range.end..]);
    let after = after.trim_start_matches([' ', ',', '.']);
    let closed = after.starts_with(')');
    let after = after.trim_start_matches([')', ' ', ',', '.']);
    let enclosed = before.starts_with(['(', '[']) && closed;
    let ends = enclosed || after.starts_with(['(', '—', '–', '-', '|', ':', '/']);
    let goes_on = !after
        .trim_matches(['-', '—', '–', ' ', '|', ':'])
        .is_empty();
    (ends && goes_on && is_place(before)).then_some(day)
}

/// Names with great letters, no sentence.
fn is_place(before: &str) -> bool {
    let marks = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    before.len() <= 80
        && !before.contains(|c: char| c.is_ascii_digit())
        && !before.contains(". ")
        && before.split(marks).filter(|w| !w.is_empty()).count() <= 7
        && before
            .split(marks)
            .filter(|w| !w.is_empty())
            .all(|w| !w.starts_with(char::is_lowercase))
}

/// "Leaders meet in Moscow, Feb. 6, 2015. (Agency)": one sentence that ends with a date after a comma.
fn caption(line: &str) -> Option<NaiveDate> {
    let old = &data::get().lang.datelines.old_pictures;
    if is_one_of(line, words(clip(line, LINE_START)).first()?, old) {
        return None;
    }
    let mut line = line.trim_end();
    if let Some((sentence, credit)) = line.rsplit_once('(')
        && credit.ends_with(')')
        && !credit.contains(|c: char| c.is_ascii_digit())
    {
        line = sentence.trim_end();
    }
    let line = line.trim_end_matches(['.', ')', ']']);
    let mut cut = line.len().saturating_sub(LINE_END);
    while !line.is_char_boundary(cut) {
        cut += 1;
    }
    let tail = &line[cut..];
    let words = words(tail);
    let from = words.len().saturating_sub(6);
    let (range, day) = (from..words.len())
        .find_map(|at| date_at(tail, &words, at).filter(|(range, _)| range.end == tail.len()))?;
    let before = tail[..range.start].trim_end();
    (before.ends_with([',', '(']) && is_one_sentence(&line[..cut + before.len()])).then_some(day)
}

/// No full stop after a long word with a capital next.
fn is_one_sentence(text: &str) -> bool {
    text.match_indices(". ").all(|(at, _)| {
        let last = text[..at].rsplit(' ').next().unwrap_or_default();
        let next = text[at + 2..].trim_start();
        last.chars().count() <= 3 || !next.starts_with(char::is_uppercase)
    })
}

/// A run of letters or of digits.
struct Word {
    span: Range<usize>,
    number: Option<u32>,
}

fn words(line: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + c.len_utf8();
        let digit = c.is_ascii_digit();
        match out.last_mut() {
            Some(word) if word.span.end == at && word.number.is_some() == digit => {
                word.span.end = end;
            }
            _ => out.push(Word {
                span: at..end,
                number: digit.then_some(0),
            }),
        }
    }
    for word in out.iter_mut().filter(|w| w.number.is_some()) {
        word.number = Some(line[word.span.clone()].parse().unwrap_or(u32::MAX));
    }
    out
}

fn is_one_of(line: &str, word: &Word, list: &[String]) -> bool {
    let text = &line[word.span.clone()];
    list.iter().any(|w| w.eq_ignore_ascii_case(text))
}

/// The date that starts with this word.
fn date_at(line: &str, words: &[Word], at: usize) -> Option<(Range<usize>, NaiveDate)> {
    let lists = &data::get().lang.datelines;
    in_words(line, words, at, lists)
        .or_else(|| in_digits(line, words, at))
        .filter(|(_, day)| YEARS.contains(&day.year()))
}

/// "6 February 2015", "6th of Feb., 2015", "February 6th, 2015".
fn in_words(
    line: &str,
    words: &[Word],
    at: usize,
    lists: &Datelines,
) -> Option<(Range<usize>, NaiveDate)> {
    let mut i = at;
    let number = |i: usize| words.get(i).and_then(|w| w.number);
    let month = |i: usize| {
        let word = words.get(i).filter(|w| w.number.is_none())?;
        let name = line[word.span.clone()].to_lowercase();
        lists.months.get(&name).map(|m| u32::from(*m))
    };
    let close = |i: usize| i > 0 && is_gap(&line[words[i - 1].span.end..words[i].span.start]);
    let passed = |i: usize, list: &[String]| {
        usize::from(words.get(i).is_some_and(|w| is_one_of(line, w, list)))
    };
    let (day, month) = if let Some(day) = number(i) {
        i += 1 + passed(i + 1, &lists.ordinals);
        i += passed(i, &lists.of);
        (day, month(i)?)
    } else {
        let month = month(i)?;
        i += 1;
        let day = number(i)?;
        i += passed(i + 1, &lists.ordinals);
        (day, month)
    };
    i += 1;
    let year = number(i).filter(|_| words[i].span.len() == 4)?;
    let all_close = (at + 1..=i).all(|i| words[i - 1].span.end == words[i].span.start || close(i));
    let date = ymd(year, month, day)?;
    all_close.then(|| (words[at].span.start..words[i].span.end, date))
}

/// "2015-02-06", "2015/02/06", "26.2.2015", and "02/26/2015" where only one reading is a date.
fn in_digits(line: &str, words: &[Word], at: usize) -> Option<(Range<usize>, NaiveDate)> {
    let [first, second, third] = words.get(at..at + 3)? else {
        return None;
    };
    let mark = &line[first.span.end..second.span.start];
    if !matches!(mark, "-" | "/" | ".") || mark != &line[second.span.end..third.span.start] {
        return None;
    }
    let numbers = (first.number?, second.number?, third.number?);
    let date = if first.span.len() == 4 {
        ymd(numbers.0, numbers.1, numbers.2)?
    } else if third.span.len() == 4 {
        let european = ymd(numbers.2, numbers.1, numbers.0);
        let american = ymd(numbers.2, numbers.0, numbers.1);
        if european.is_some() && american.is_some() && european != american {
            return None;
        }
        european.or(american)?
    } else {
        return None;
    };
    Some((first.span.start..third.span.end, date))
}

/// The day, if there is such a day.
fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// What may stand between the parts of a date.
fn is_gap(between: &str) -> bool {
    between.chars().count() <= 3
        && between
            .chars()
            .all(|c| c.is_whitespace() || c == ',' || c == '.')
}

/// The first so many bytes.
fn clip(line: &str, bytes: usize) -> &str {
    let mut end = bytes.min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().expect("a day"))
    }

    #[test]
    fn heads_and_their_dates() {
        for (text, date) in [
            ("Title\n\nPublished: 2015-02-06\n\nText.", "2015-02-06"),
            (
                "Title\nPosted on Friday, February 6th, 2015 at 10:15 GMT\nText.",
                "2015-02-06",
            ),
            ("**Date:** 6 Feb. 2015\n\nText.", "2015-02-06"),
            (
                "Title\nUpdated 7 May 2015\nPublished 6 May 2015\nText.",
                "2015-05-06",
            ),
            ("Title\nLast updated: 7 May 2015\nText.", "2015-05-07"),
            ("KYIV, 3 March 2022 (Agency) — Shells fell.", "2022-03-03"),
            (
                "Title\n\nKYIV, Ukraine, March 3, 2022 (Agency) - Shells fell.",
                "2022-03-03",
            ),
            (
                "Title\n(Geneva, 12 May 2016) Agencies asked for aid.",
                "2016-05-12",
            ),
            ("Title\n12 May 2016 (Juba) – Rain fell.", "2016-05-12"),
            (
                "Title\n\nThursday, 3rd of March 2022\n\nText.",
                "2022-03-03",
            ),
            ("Title\n26/02/2015\nText.", "2015-02-26"),
            (
                "Title\n\nTwo leaders meet in Moscow, Feb. 6, 2015.\n\nText.",
                "2015-02-06",
            ),
            (
                "Title\n\nSen. A. Smith waits in Juba, Feb. 6, 2015. (Agency)\n\nText.",
                "2015-02-06",
            ),
        ] {
            assert_eq!(published(text), iso(date), "{text}");
        }
    }

    #[test]
    fn what_says_nothing() {
        for text in [
            "",
            "Title\n\nThe truce of 5 September 2014 was broken again.\n\nMore.",
            "Title\n\nIn Minsk, 5 September 2014, a truce was signed.\n\nMore.",
            "Title\n\nShells fell. The truce was signed in Minsk, 5 September 2014.\n\nMore.",
            "Title\n\nFILE - A soldier near Donetsk, Aug. 3, 2014.\n\nMore.",
            "KYIV, March 3 (Agency) — Shells fell.",
            "Title\n03/04/2015\nText.",
            "Title\n31 February 2015\nText.",
            "Title\n6 February 0015\nText.",
            "Title\n99999999999999999999 May 2015\nText.",
            "Dates of the talks are 5 May 2015 and later.\nText.",
            "a\nb\nc\nd\n\nDonetsk, 12 May 2014 – three killed.",
            "Title\n\nPublished on 6 February 2015, the report says that hunger grows.\nText.",
        ] {
            assert_eq!(published(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_metadata() {
        for given in [
            "2015-02-06",
            "2015-02-06T10:00:00Z",
            "2015-02-06 10:00",
            "Fri, 06 Feb 2015 10:00:00 +0000",
            "February 6, 2015",
        ] {
            assert_eq!(day(given).ok(), iso("2015-02-06"), "{given}");
        }
        for given in [
            "soon",
            "2015",
            "2015-02",
            "2015-02-30",
            "03/04/2015",
            "2015-02-061",
            "é5-02-06€€",
        ] {
            assert!(day(given).is_err(), "{given}");
        }
    }
}
