//! `data/places.tsv` as data, and where figures are placed.

use std::collections::BTreeSet;

use headcount::{Article, extract};

const TABLE: &str = include_str!("../../data/places.tsv");

fn rows() -> Vec<Vec<&'static str>> {
    TABLE
        .lines()
        .skip(1)
        .map(|l| l.split('\t').collect())
        .collect()
}

#[test]
fn the_table_is_sorted_and_no_row_stands_twice() {
    let lines: Vec<&str> = TABLE.lines().skip(1).collect();
    for pair in lines.windows(2) {
        assert!(pair[0] < pair[1], "not sorted, or twice: {:?}", pair[1]);
    }
    let mut seen = BTreeSet::new();
    for row in rows() {
        assert!(
            seen.insert((row[0], row[2], row[3], row[4])),
            "{row:?} twice"
        );
    }
}

#[test]
fn every_row_has_a_kind_a_country_and_coordinates_in_range() {
    let rows = rows();
    let countries: BTreeSet<&str> = rows
        .iter()
        .filter(|r| r[2] == "country")
        .map(|r| r[3])
        .collect();
    assert_eq!(countries.len(), 250, "249 of ISO 3166-1 and Kosovo");
    assert!(
        countries
            .iter()
            .all(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase()))
    );
    for row in &rows {
        assert_eq!(row.len(), 8, "{row:?}");
        assert!(!row[0].is_empty() && row[0].trim() == row[0], "{row:?}");
        assert!(
            ["country", "demonym", "region", "district", "city", "camp"].contains(&row[2]),
            "{row:?}"
        );
        assert!(countries.contains(row[3]), "{row:?} in no known country");
        for (column, limit) in [(5, 90.0), (6, 180.0)] {
            if !row[column].is_empty() {
                let degrees: f64 = row[column].parse().expect("degrees");
                assert!(degrees.abs() <= limit, "{row:?}");
            }
        }
        assert_eq!(row[5].is_empty(), row[6].is_empty(), "{row:?}");
        assert!(
            row[7].is_empty() || row[7].parse::<u32>().is_ok(),
            "{row:?}"
        );
    }
}

#[test]
fn every_sovereign_country_has_a_people() {
    let rows = rows();
    let people: BTreeSet<&str> = rows
        .iter()
        .filter(|r| r[2] == "demonym")
        .map(|r| r[3])
        .collect();
    for code in [
        "AFG", "COD", "COG", "PSE", "SSD", "UKR", "XKX", "MMR", "USA", "GBR", "DOM", "DMA",
    ] {
        assert!(people.contains(code), "no people of {code}");
    }
    assert!(people.len() >= 195, "{}", people.len());
}

#[test]
fn camps_and_places_of_war_are_there() {
    let rows = rows();
    for (name, country) in [
        ("Zaatari", "JOR"),
        ("Dadaab", "KEN"),
        ("Kakuma", "KEN"),
        ("Bidi Bidi", "UGA"),
        ("Kutupalong", "BGD"),
        ("Cox's Bazar", "BGD"),
        ("Moria", "GRC"),
        ("Rukban", "JOR"),
        ("Al-Hol", "SYR"),
        ("Yarmouk", "SYR"),
        ("Jabalia", "PSE"),
        ("Debaltseve", "UKR"),
        ("Ilovaisk", "UKR"),
        ("Malakal", "SSD"),
        ("Bentiu", "SSD"),
        ("Bor", "SSD"),
        ("Leer", "SSD"),
        ("Douma", "SYR"),
        ("Sinjar", "IRQ"),
        ("Srebrenica", "BIH"),
    ] {
        assert!(
            rows.iter()
                .any(|r| r[3] == country && (r[0] == name || r[1].split('|').any(|a| a == name))),
            "no {name} in {country}"
        );
    }
}

/// Country and place of the first figure of a text.
fn place(title: &str, text: &str) -> (Option<String>, Option<String>) {
    let article = Article {
        title: (!title.is_empty()).then(|| title.to_string()),
        text: text.to_string(),
        ..Article::default()
    };
    let figures = extract::figures(&article);
    let figure = figures
        .first()
        .unwrap_or_else(|| panic!("no figure in {text:?}"));
    (
        figure.country.map(|c| c.to_string()),
        figure.place_text.clone(),
    )
}

fn country(title: &str, text: &str) -> String {
    place(title, text).0.unwrap_or_else(|| "none".to_string())
}

#[test]
fn people_are_where_the_sentence_says() {
    assert_eq!(
        country(
            "",
            "At least 14 people were killed in a market in Kharkiv on Monday."
        ),
        "UKR"
    );
    assert_eq!(
        country("", "Floods killed 12 people in DR Congo on Sunday."),
        "COD"
    );
    assert_eq!(
        country("", "Some 40 people were killed in the U.S. on Sunday."),
        "USA"
    );
    assert_eq!(
        country(
            "",
            "Turkish officials said 30 people were killed in northern Syria."
        ),
        "SYR"
    );
    assert_eq!(
        country(
            "",
            "The army of Ethiopia said 30 people were killed in Mekelle."
        ),
        "ETH"
    );
}

#[test]
fn refugees_are_with_their_hosts() {
    assert_eq!(
        country("", "More than 800,000 Syrian refugees live in Lebanon."),
        "LBN"
    );
    assert_eq!(
        country(
            "",
            "Some 5,000 refugees from South Sudan crossed into Uganda last week."
        ),
        "UGA"
    );
    assert_eq!(
        country(
            "",
            "More than 900,000 Syrian refugees live in neighbouring countries."
        ),
        "none"
    );
}

#[test]
fn headline_and_dateline_speak_where_the_sentence_does_not() {
    assert_eq!(
        country(
            "Floods hit Malawi",
            "At least 70 people were killed, the government said."
        ),
        "MWI"
    );
    assert_eq!(
        country(
            "",
            "KYIV, Ukraine — At least 70 people were killed overnight, officials said."
        ),
        "UKR"
    );
}

#[test]
fn two_countries_are_none() {
    assert_eq!(
        country("", "The quake killed 300 people in Turkey and Syria."),
        "none"
    );
}

#[test]
fn words_and_surnames_are_no_places() {
    assert_eq!(
        country(
            "",
            "Nice weather did not help: 12 people were killed in floods."
        ),
        "none"
    );
    assert_eq!(
        country("", "Michael Jordan said 12 people were killed in floods."),
        "none"
    );
    assert_eq!(country("", "The lorry killed 86 people in Nice."), "FRA");
}

#[test]
fn the_place_is_quoted_as_printed() {
    let (country, text) = place(
        "",
        "Shelling killed 14 people in Debaltseve, in eastern Ukraine.",
    );
    assert_eq!(country.as_deref(), Some("UKR"));
    assert_eq!(text.as_deref(), Some("Debaltseve"));
    let (_, text) = place(
        "Ukraine",
        "The war has displaced 980,000 people nationwide.",
    );
    assert_eq!(text.as_deref(), Some("nationwide"));
}

#[test]
fn countries_have_names_for_readers() {
    for (code, name) in [
        ("SSD", "South Sudan"),
        ("UKR", "Ukraine"),
        ("COD", "DR Congo"),
        ("CIV", "Ivory Coast"),
    ] {
        let country: headcount::Country = code.parse().expect("a code");
        assert_eq!(country.name(), name);
    }
}
