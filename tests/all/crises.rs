//! Crises: what a `crises.toml` describes, what belongs, what is proposed; the command and `--crisis`, as typed.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use headcount::crisis::{GAP, glide_numbers, propose, read, write};
use headcount::{Article, Crisis, Figure};

/// A figure of this many dead in a country.
fn dead(value: f64, country: &str, day: &str, sentence: &str) -> Figure {
    let line = serde_json::json!({
        "start": 0, "end": 1, "measure": "fatalities", "value": value, "low": value, "high": value, "as_of": day,
        "country": country, "sentence": sentence, "number_text": value.to_string(), "unit": "people", "kind": "total",
    });
    serde_json::from_value(line).unwrap()
}

fn article(id: &str, published: &str, title: &str, mut figures: Vec<Figure>) -> Article {
    for (i, f) in figures.iter_mut().enumerate() {
        f.id = format!("{id}-{i}");
    }
    Article {
        id: id.into(),
        title: Some(title.into()),
        published: published.parse().ok(),
        figures,
        ..Article::default()
    }
}

fn quake() -> Vec<Article> {
    vec![
        article(
            "a",
            "2015-04-26",
            "Quake in the hills",
            vec![
                dead(
                    1900.0,
                    "NPL",
                    "2015-04-26",
                    "At least 1900 people died in Gorkha and beyond.",
                ),
                dead(20.0, "IND", "2015-04-26", "Across the border 20 died."),
            ],
        ),
        article(
            "b",
            "2015-04-28",
            "Toll climbs (EQ-2015-000048-NPL)",
            vec![
                dead(
                    4000.0,
                    "NPL",
                    "2015-04-28",
                    "The earthquake has killed 4000, police said.",
                ),
                dead(20.0, "IND", "2015-04-28", "India counts 20 dead."),
                dead(
                    10_700.0,
                    "NPL",
                    "1934-01-15",
                    "In 1934 a quake killed 10700.",
                ),
            ],
        ),
        article(
            "c",
            "2015-05-02",
            "Bus falls into river",
            vec![dead(
                12.0,
                "NPL",
                "2015-05-02",
                "The driver and 11 others, 12 in all, died.",
            )],
        ),
    ]
}

const FILE: &str = "\
[[crisis]]
name = \"Gorkha\"
countries = [\"NPL\"]
since = 2015-04-25
until = \"2015-12-31\"
words = [\"quake\", \"earthquake\"]
glide = \"EQ-2015-000048-NPL\"
";

fn belonging(crisis: &Crisis, articles: &[Article]) -> Vec<String> {
    let ids = |a: &Article| crisis.figures(a).iter().map(|f| f.id.clone()).collect();
    articles.iter().flat_map::<Vec<String>, _>(ids).collect()
}

#[test]
fn a_figure_belongs_by_country_day_and_the_words_of_its_article() {
    let crisis = &read("crises.toml", FILE).unwrap()[0];
    let articles = quake();
    // the one of 1934, those in India and the bus are out
    assert_eq!(belonging(crisis, &articles), ["a-0", "b-0"]);
    let with = |change: fn(&mut Crisis)| {
        let mut crisis = crisis.clone();
        change(&mut crisis);
        belonging(&crisis, &articles)
    };
    assert_eq!(with(|c| c.words.clear()), ["a-0", "b-0", "c-0"]);
    assert_eq!(
        with(|c| c.words = vec!["earth".into()]),
        ["b-0"],
        "by its number"
    );
    assert_eq!(with(|c| c.places = vec!["gorkha".into()]), ["a-0"]);
    assert_eq!(with(|c| c.countries.clear()).len(), 4);
    let numbered = Crisis {
        glide: crisis.glide.clone(),
        ..Crisis::default()
    };
    assert_eq!(belonging(&numbered, &articles), ["b-0", "b-1", "b-2"]);
}

#[test]
fn glide_numbers_are_found_whole() {
    let found: Vec<String> = quake().iter().flat_map(glide_numbers).collect();
    assert_eq!(found, ["EQ-2015-000048-NPL"]);
    let other = article(
        "x",
        "2015-01-01",
        "EQ-2015-00048-NPL and XEQ-2015-000048-NPLA",
        vec![],
    );
    assert!(glide_numbers(&other).is_empty());
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line() {
    let says = |text: &str| read("crises.toml", text).unwrap_err().to_string();
    for (text, error) in [
        (
            "[[crisis]]\nname = \"A\"\n",
            "crises.toml:1: \"A\" has no condition; give countries",
        ),
        (
            "[[crisis]]\nname = \"A\"\nwords = [\"x\"]\n[[crisis]]\nname = \"a\"\nwords = [\"y\"]\n",
            "crises.toml:4: a second crisis \"a\"",
        ),
        (
            "[[crisis]]\nname = \"A\"\ncountries = [\"UKR\",\n\"QQQ\"]\n",
            "crises.toml:4: no country QQQ",
        ),
        (
            "[[crisis]]\nname = \"A\"\ncountries = [\"Ukraine\"]\n",
            "crises.toml:3: no country code",
        ),
        (
            "[[crisis]]\nname = \"A\"\n\nsince = \"May\"\n",
            "crises.toml:4: no day; write it as",
        ),
        (
            "[[crisis]]\nname = \"A\"\nsince = 2015-02-01\nuntil = 2015-01-01\n",
            "crises.toml:1: \"A\" ends before it begins",
        ),
        (
            "[[crisis]]\nname = \"A\"\nglide = \"EQ-15\"\n",
            "crises.toml:1: \"EQ-15\" is no GLIDE number",
        ),
        (
            "[[crisis]]\nname = \" \"\nwords = [\"x\"]\n",
            "crises.toml:1: a crisis without a name",
        ),
        (
            "[[crisis]]\nname = \"A\"\nwords = [\"--\"]\n",
            "crises.toml:1: \"A\": no words in \"--\"",
        ),
        (
            "[[crisis]]\nname = \"A\"\nword = [\"x\"]\n",
            "crises.toml:3: unknown field `word`",
        ),
    ] {
        let said = says(text);
        assert!(said.starts_with(error), "{text}: {said}");
    }
}

#[test]
fn a_file_that_is_written_reads_back_the_same() {
    let mut crises = read("crises.toml", FILE).unwrap();
    crises.push(Crisis {
        name: "Quotes \" and \\ and [x]".into(),
        places: vec!["Kot d'Or".into(), "a\nb".into()],
        glide: vec!["EQ-2015-000048-NPL".into(), "EQ-2015-000048-IND".into()],
        ..Crisis::default()
    });
    assert_eq!(read("again", &write(&crises)).unwrap(), crises);
    assert_eq!(read("none", "").unwrap(), []);
}

#[test]
fn proposals_go_by_country_time_and_hazard() {
    let mut articles = quake();
    let storm = |id: &str, day: &str| {
        let figures = vec![dead(3.0, "NPL", day, "The storm and its gales killed 3.")];
        article(id, day, "Storm over the plain", figures)
    };
    articles.extend([storm("s", "2015-05-20"), storm("t", "2015-05-21")]);
    articles.extend([storm("u", "2017-05-20")]);
    let proposed = propose(&articles, GAP);
    let shown: Vec<(&str, String, bool)> = proposed
        .crises
        .iter()
        .map(|c| {
            let days = format!("{:?} {:?}", c.since.unwrap(), c.until.unwrap());
            (c.name.as_str(), days, c.words.is_empty())
        })
        .collect();
    // India is in two articles of the quake; the bus, without a hazard, joins the greater group; they share no day, so no words are needed
    assert_eq!(
        shown,
        [
            (
                "Nepal earthquake 2015",
                "2015-04-26 2015-05-02".into(),
                true
            ),
            ("Nepal storm 2015", "2015-05-20 2015-05-21".into(), true),
        ]
    );
    assert_eq!(proposed.left_over, 1);
    let first = &proposed.crises[0];
    let codes: Vec<String> = first.countries.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["NPL", "IND"]);
    assert_eq!(first.glide, ["EQ-2015-000048-NPL"]);
    articles.reverse();
    assert_eq!(propose(&articles, GAP).crises, proposed.crises);
    // two at one time are told apart by their words
    let near = storm("v", "2015-04-28");
    articles.push(near);
    let words: Vec<bool> = propose(&articles, GAP)
        .crises
        .iter()
        .map(|c| c.words.is_empty())
        .collect();
    assert_eq!(words, [false, false]);
}

fn headcount(folder: &Path, arguments: &[&str]) -> (String, String, bool) {
    let mut command = Command::cargo_bin("headcount").unwrap();
    let output = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(output.stdout),
        text(output.stderr),
        output.status.success(),
    )
}

#[test]
fn the_command_proposes_writes_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let lines: Vec<String> = quake()
        .iter()
        .map(|a| serde_json::to_string(a).unwrap() + "\n")
        .collect();
    fs::write(folder.join("a.jsonl"), lines.concat()).unwrap();
    let run = |arguments: &[&str]| {
        let arguments = [arguments, &["--from", "a.jsonl"]].concat();
        headcount(folder, &arguments)
    };
    let (table, said, well) = run(&["crises"]);
    assert!(
        well && table.contains("Nepal earthquake 2015"),
        "{table}{said}"
    );
    assert!(
        table.contains("4,000 (2015-04-28)") || table.contains("EQ-2015-000048-NPL"),
        "{table}"
    );
    assert!(said.contains("--write"), "{said}");
    let (_, said, well) = run(&["figures", "--crisis", "Nepal"]);
    assert!(
        !well && said.contains("crises.toml: not there") && said.contains("--write"),
        "{said}"
    );
    assert!(run(&["crises", "--write"]).2);
    let written = fs::read_to_string(folder.join("crises.toml")).unwrap();
    assert!(
        written.contains("name = \"Nepal earthquake 2015\""),
        "{written}"
    );
    let (_, said, well) = run(&["crises", "--write"]);
    assert!(!well && said.contains("is there already"), "{said}");
    assert_eq!(
        fs::read_to_string(folder.join("crises.toml")).unwrap(),
        written
    );
    // every view takes it, with the other filters
    fs::write(folder.join("crises.toml"), FILE).unwrap();
    let rows = |arguments: &[&str]| run(arguments).0.lines().count() - 1;
    assert_eq!(
        rows(&["figures", "--format", "csv", "--crisis", "GORKHA"]),
        2
    );
    assert_eq!(
        rows(&[
            "figures",
            "--format",
            "csv",
            "--crisis",
            "Gorkha",
            "--since",
            "2015-04-27"
        ]),
        1
    );
    assert_eq!(rows(&["series", "--crisis", "Gorkha"]), 2);
    assert_eq!(
        rows(&[
            "compare",
            "--format",
            "csv",
            "--crisis",
            "Gorkha",
            "--country",
            "IND"
        ]),
        0
    );
    let (_, said, well) = run(&["series", "--crisis", "Gorka"]);
    assert!(
        !well && said.contains("did you mean \"Gorkha\"? It has: Gorkha"),
        "{said}"
    );
    let (json, said, _) = run(&["crises", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&row["articles"], &row["latest"]["fatalities"]["value"]),
        (&2.into(), &4000.0.into())
    );
    assert!(
        said.contains("1 article with figures in none of them"),
        "{said}"
    );
    assert_eq!(rows(&["crises", "--format", "csv"]), 1);
    fs::write(folder.join("other.toml"), "[[crisis]]\nname = 5\n").unwrap();
    let (_, said, well) = run(&["crises", "--crises", "other.toml"]);
    assert!(!well && said.contains("other.toml:2: "), "{said}");
    let (_, said, well) = run(&["crises", "--crises", "none.toml"]);
    assert!(!well && said.contains("none.toml: no such file"), "{said}");
}

#[test]
fn words_of_a_crisis_are_sought_in_figures_that_other_filters_leave_out() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let text = "The earthquake killed 40 people in Nepal.\n\nIn Nepal 300 people were injured, police said.";
    let line = serde_json::json!({"id": "x", "title": "Night of fear", "published": "2015-04-26", "text": text});
    fs::write(folder.join("x.jsonl"), format!("{line}\n")).unwrap();
    fs::write(folder.join("crises.toml"), FILE).unwrap();
    let (_, said, well) = headcount(
        folder,
        &["track", "x.jsonl", "--no-charts", "--crisis", "Gorkha"],
    );
    assert!(well, "{said}");
    let view = [
        "figures",
        "--format",
        "csv",
        "--measure",
        "injured",
        "--crisis",
        "Gorkha",
    ];
    let (csv, said, _) = headcount(folder, &view);
    assert_eq!(csv.lines().count(), 2, "{csv}{said}");
    let (_, said, well) = headcount(
        folder,
        &["track", "x.jsonl", "--no-charts", "--crisis", "Other"],
    );
    assert!(
        !well && said.contains("no crisis \"Other\"; it has: Gorkha"),
        "{said}"
    );
}
