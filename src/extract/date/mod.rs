//! When a figure holds: date phrases resolved against the article, and which of them belongs to which number.

mod choose;
mod moment;
pub(crate) mod phrase;
mod reader;
mod told;

use chrono::NaiveDate;

use self::moment::Calendar;
use super::claim::Claim;
use crate::data;
use crate::text::Document;

/// The three dates of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) period_start: Option<NaiveDate>,
    pub(crate) period_end: Option<NaiveDate>,
}

/// The dates of each claim, in their order.
pub(crate) fn find(
    document: &Document,
    headline: Option<&Document>,
    published: Option<NaiveDate>,
    claims: &[Claim],
) -> Vec<Dates> {
    let lang = &data::get().lang;
    let calendar = Calendar {
        published,
        year: None, // a report's own date is a full one
    };
    let cited = choose::cited(document, lang, calendar, claims);
    let mut chooser = choose::Chooser::new(document, headline, calendar, lang);
    let mut dates: Vec<Dates> = claims
        .iter()
        .zip(cited)
        .map(|(claim, cited)| chooser.dates(claim, cited))
        .collect();
    choose::spread(claims, &mut dates);
    for d in &mut dates {
        // "since February 2014" in a text of 1950: one of the two is wrong, and nobody can say which
        if d.period_start > d.period_end {
            (d.period_start, d.period_end) = (None, None);
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::data::lang::Lang;

    fn lang() -> &'static Lang {
        &data::get().lang
    }

    fn dated(text: &str) -> Vec<String> {
        let document = Document::new(text, lang());
        let words = |r: &Range<usize>| {
            let tokens = &document.tokens;
            let start = tokens[r.start].span.start as usize;
            text[start..tokens[r.end - 1].span.end as usize].to_string()
        };
        phrase::find(&document, lang(), 0..document.tokens.len())
            .iter()
            .map(|m| words(&m.tokens))
            .collect()
    }

    #[test]
    fn no_number_of_a_date_is_a_quantity() {
        for (text, want) in [
            ("Nine drowned on 5 May", vec!["5 May"]),
            ("on May 5th, 2014, nine drowned", vec!["May 5th, 2014"]),
            ("on 22/05/2021", vec!["22/05/2021"]),
            ("on 2014-05-05", vec!["2014-05-05"]),
            ("at 9:49 p.m. sharp", vec!["9:49 p.m."]),
            ("vers 11h30", vec!["11h30"]),
            ("in 2014", vec!["2014"]),
            ("from 2019-2020 on", vec!["2019-2020"]),
            ("in the 1990s", vec!["1990s"]),
            ("during 24 hours", vec!["24 hours"]),
            ("12 August - 3 September", vec!["12 August - 3 September"]),
            ("between 1 and 7 June", vec!["1 and 7 June"]),
            ("in the week of 3-9 May", vec!["3-9 May"]),
            ("as of 12 June 45 people had died", vec!["12 June"]),
            ("killed 2014 people", vec![]),
            ("in May 12 people died", vec!["May"]),
            ("5 may have died", vec![]),
            ("45 people fled", vec![]),
        ] {
            assert_eq!(dated(text), want, "{text}");
        }
    }

    /// Dates of a claim made of the last number of people in the text.
    fn dates(published: &str, kind: crate::figure::Kind, text: &str) -> [String; 3] {
        let document = Document::new(text, lang());
        let mut claims = super::super::claim::find(&document, lang(), &data::get().weights);
        let mut claim = claims.pop().expect("a number of people");
        claim.kind = kind;
        let found = find(&document, None, published.parse().ok(), &[claim])[0];
        [found.as_of, found.period_start, found.period_end]
            .map(|d| d.map_or("-".to_string(), |d| d.to_string()))
    }

    #[test]
    fn an_incident_has_the_days_of_its_own_sentence() {
        // 3 June 2015 is a Wednesday
        for (text, from, to) in [
            (
                "At least 12 people were killed on Friday.",
                "2015-05-29",
                "2015-05-29",
            ),
            (
                "A bomb killed 12 people yesterday.",
                "2015-06-02",
                "2015-06-02",
            ),
            (
                "On 9 August 12 people were killed.",
                "2014-08-09",
                "2014-08-09",
            ),
            (
                "Last month 12 people were killed.",
                "2015-05-01",
                "2015-05-31",
            ),
            (
                "Last week 12 people were killed.",
                "2015-05-27",
                "2015-06-02",
            ),
            (
                "In the past 24 hours 12 people were killed.",
                "2015-06-02",
                "2015-06-03",
            ),
            (
                "Between 1 and 7 May 12 people were killed.",
                "2015-05-01",
                "2015-05-07",
            ),
            (
                "In 2014, soldiers killed 12 people.",
                "2014-01-01",
                "2014-12-31",
            ),
            ("In early March 12 people were killed.", "-", "-"),
            (
                "At least 12 people were killed, police said on Monday.",
                "-",
                "-",
            ),
        ] {
            let want = ["-", from, to].map(String::from);
            assert_eq!(
                dates("2015-06-03", crate::figure::Kind::New, text),
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn a_total_holds_on_its_date_or_on_publication() {
        for (published, text, want) in [
            (
                "2015-06-03",
                "The war has killed 6,400 people.",
                ["2015-06-03", "-", "-"],
            ),
            (
                "2015-06-03",
                "As of 20 May, 6,400 people had been killed.",
                ["2015-05-20", "-", "-"],
            ),
            (
                "2015-06-03",
                "Since February 6,400 people have been killed.",
                ["2015-06-03", "2015-02-01", "2015-06-03"],
            ),
            (
                "2015-06-03",
                "More than 6,400 people have been killed since the war began in April 2014.",
                ["2015-06-03", "2014-04-01", "2015-06-03"],
            ),
            (
                "2015-06-03",
                "Since last June 6,400 people have been killed.",
                ["2015-06-03", "2014-06-01", "2015-06-03"],
            ),
            (
                "2015-06-03",
                "So far this year 6,400 people have been killed.",
                ["2015-06-03", "2015-01-01", "2015-06-03"],
            ),
            (
                "2015-06-03",
                "- 20 May 2015: 6,400 people killed",
                ["2015-05-20", "-", "-"],
            ),
            ("", "The war has killed 6,400 people.", ["-", "-", "-"]),
            (
                "",
                "As of 20 May 2015, 6,400 people had been killed.",
                ["2015-05-20", "-", "-"],
            ),
        ] {
            assert_eq!(
                dates(published, crate::figure::Kind::Total, text),
                want.map(String::from),
                "{text}"
            );
        }
    }

    #[test]
    fn impossible_dates_are_no_dates_and_no_panic() {
        for text in [
            "On 31 February 2020 the blast killed 12 people.",
            "On 29 February the blast killed 12 people.",
            "On 99/99/9999 the blast killed 12 people.",
            "In the year 0 the blast killed 12 people.",
            "In the past 9999 years 12 people were killed.",
            "9999 weeks ago 12 people were killed.",
            "Between 7 and 1 May the blast killed 12 people.",
        ] {
            let found = dates("2019-03-01", crate::figure::Kind::New, text);
            assert_eq!(found[0], "-", "{text}");
        }
        for text in [
            "31 February 2020",
            "-/-",
            "May May May 5 May",
            "the last of the",
            "2019/",
            "5 -",
        ] {
            dated(text);
        }
    }
}
