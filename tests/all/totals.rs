//! An article's totals: what its numbers come to, and who is told of without one.

use std::fmt::Write;

use headcount::{Article, extract};

/// What the totals of a text are, as `measure number`, in the order of the measures.
fn totals(text: &str) -> String {
    let mut article = Article {
        id: "t".into(),
        text: text.into(),
        ..Article::default()
    };
    extract::fill(&mut article);
    let mut out = String::new();
    for (measure, total) in &article.totals {
        let n = total.value.or(total.low).or(total.high).unwrap_or(-1.0);
        let _ = write!(
            out,
            "{}{measure} {n}",
            if out.is_empty() { "" } else { ", " }
        );
    }
    out
}

/// Every text comes to what stands beside it.
fn all(texts: &[(&str, &str)]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|(text, wanted)| (text, wanted, totals(text)))
        .filter(|(_, wanted, given)| *wanted != given)
        .map(|(text, wanted, given)| format!("{text}\n  wanted {wanted:?}\n  given  {given:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_add_up() {
    all(&[
        (
            "Five militants and one officer were killed in the raid.",
            "fatalities 6",
        ),
        (
            "Two teachers and four pupils were killed and nine others hurt.",
            "fatalities 6, injured 9",
        ),
        (
            "A blast killed three women and at least six children.",
            "fatalities 9",
        ),
        (
            "Three women and two boys were killed when a shell hit their house.",
            "fatalities 5",
        ),
        (
            "Twelve people died in the rush, while six more were killed when a wall fell.",
            "fatalities 18",
        ),
    ]);
}

#[test]
fn parts_and_doers_do_not() {
    all(&[
        (
            "Seven people, five of them children, were killed in the strike.",
            "fatalities 7",
        ),
        (
            "Ten people, including three children, were killed.",
            "fatalities 10",
        ),
        (
            "Three volunteers, two men and one woman, were killed in the crossfire.",
            "fatalities 3",
        ),
        (
            "Two gunmen killed nine people at a wedding.",
            "fatalities 9",
        ),
        (
            "A suicide bomber killed 14 people at a market.",
            "fatalities 14",
        ),
        (
            "Five people were killed when troops fired on a crowd after protesters killed two policemen.",
            "fatalities 5",
        ),
        (
            "Four people were killed on Monday, bringing to 37 the number killed since the strike began.",
            "fatalities 37",
        ),
    ]);
}

#[test]
fn the_whole_is_what_the_text_calls_so() {
    all(&[
        (
            "The storm killed six people in Belize. It killed two in Mexico. Overall, it was responsible for eight deaths. \
             An earlier storm had killed 40 people in the same bay.",
            "fatalities 8",
        ),
        (
            "Two aid workers were killed in the raid. Five others were also killed (not counted here).",
            "fatalities 2",
        ),
    ]);
}

#[test]
fn a_measure_stands_for_the_wider_one_and_the_attacked_for_the_hurt() {
    all(&[
        (
            "The agency counts 41,000 internally displaced people.",
            "idps 41000, displaced 41000",
        ),
        (
            "Three students were shot in the car park.",
            "injured 3, casualties 3",
        ),
        (
            "Six people were shot at a party; two of them died.",
            "fatalities 2, injured 4, casualties 6",
        ),
        ("There were 30 casualties on the front.", "casualties 30"),
    ]);
}

#[test]
fn people_told_of_without_a_number_count() {
    all(&[
        (
            "Gunmen shot dead the mayor of Tarnik on Tuesday.",
            "fatalities 1",
        ),
        (
            "Ana Solís, the editor of a weekly, was killed outside her home.",
            "fatalities 1",
        ),
        (
            "The estranged wife of the prince was murdered in her kitchen, police said.",
            "fatalities 1",
        ),
        (
            "The mayor and his driver were killed when their car hit a mine.",
            "fatalities 2",
        ),
        ("A 15-year-old was shot dead at a bus stop.", "fatalities 1"),
        (
            "Rebels took the chief from his house. He was found dead in the morning.",
            "fatalities 1",
        ),
        ("A guard sustained a gunshot wound to the arm.", "injured 1"),
        (
            "Two nurses were abducted on the road to Kidal and later killed.",
            "fatalities 2, abducted 2",
        ),
        (
            "At least 16 inmates of the old prison were killed in a riot.",
            "fatalities 16",
        ),
    ]);
}

#[test]
fn nobody_is_made_up() {
    all(&[
        (
            "The mayor said the bridge would stay shut for two weeks.",
            "",
        ),
        ("The teacher was not killed, as some had feared.", ""),
        ("A man was charged with trying to kill the governor.", ""),
        ("Police are looking for the killer of the swans.", ""),
        ("The road was killed off as a project by the council.", ""),
        ("The village was hit by hail; the church lost its roof.", ""),
    ]);
}
