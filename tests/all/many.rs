//! Inputs that hold many articles: tables, JSON of other people, feeds, zip archives, web archives.

use std::io::Write;
use std::path::Path;

use headcount::read::{self, Columns, Figures, Options};
use headcount::{Article, Error};

use crate::read::{folder, gzip, one, read, refused};

/// A fixture.
fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/many");
    std::fs::read(path.join(name)).expect(name)
}

/// What reading one input gives.
fn given(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<String>) {
    let dir = folder(&[(name, bytes)]);
    read(dir.path(), name)
}

/// The same with the columns named.
fn with_columns(bytes: &[u8], columns: Columns) -> Result<Vec<Article>, Error> {
    let dir = folder(&[("a.csv", bytes)]);
    let options = Options {
        columns,
        ..Options::default()
    };
    read::raw_with(&[dir.path().join("a.csv")], options)
        .map(|raw| raw?.article(Figures::Drop))
        .collect()
}

fn day(article: &Article) -> String {
    article.published.map(|d| d.to_string()).unwrap_or_default()
}

fn texts(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|a| a.text.as_str()).collect()
}

#[test]
fn a_table_has_an_article_a_row() {
    let table = "\u{feff}ID,Title,Date,Body,Source,Link,Language,other\r\n\
        7,Market hit,2015-02-06,\"Shells \"\"fell\"\",\nseven died.\",Valley Bulletin,https://example.org/7,en,x\r\n\
        8,,,Two were hurt.,,,,\r\n";
    let (articles, messages) = given("a.csv", table.as_bytes());
    assert_eq!(messages, [""; 0]);
    let first = &articles[0];
    assert_eq!(first.id, "7");
    assert_eq!(first.title.as_deref(), Some("Market hit"));
    assert_eq!(day(first), "2015-02-06");
    assert!(!first.published_inferred);
    assert_eq!(first.publisher.as_deref(), Some("Valley Bulletin"));
    assert_eq!(first.url.as_deref(), Some("https://example.org/7"));
    assert_eq!(first.lang.as_deref(), Some("en"));
    assert_eq!(
        texts(&articles),
        ["Shells \"fell\",\nseven died.", "Two were hurt."]
    );
    assert_eq!((articles[1].id.as_str(), &articles[1].title), ("8", &None));
}

#[test]
fn the_mark_between_cells_is_found() {
    for (name, table) in [
        ("a.csv", "title;text\nA, b;One, two, three died.\n"),
        ("a.csv", "title\ttext\nA, b\tOne, two, three died.\n"),
        ("a.csv", "title|text\nA, b|One, two, three died.\n"),
        ("a.tsv", "title\ttext\nA, b\tOne, two, three died.\n"),
        (
            "a.csv",
            "\"ti,tle\";text;title\nx;One, two, three died.;A, b",
        ),
    ] {
        let article = one(name, table.as_bytes());
        assert_eq!(article.text, "One, two, three died.", "{table}");
        assert_eq!(article.title.as_deref(), Some("A, b"), "{table}");
    }
    let gz = gzip(b"text\nFive died.\n");
    assert_eq!(one("a.csv.gz", &gz).text, "Five died.");
    let wide: Vec<u8> = "\u{feff}title\ttext\nA\tCaf\u{e9}: five died.\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(one("a.csv", &wide).text, "Caf\u{e9}: five died.");
    let latin = b"text\nCaf\xe9 \x97 five died.\n";
    assert_eq!(one("a.csv", latin).text, "Caf\u{e9} \u{2014} five died.");
}

#[test]
fn columns_can_be_named() {
    let table = b"text,nota final,cuando\nwrong,Five died.,2015-02-06\n";
    let columns = Columns {
        text: Some("Nota final".into()),
        published: Some("cuando".into()),
        ..Columns::default()
    };
    let articles = with_columns(table, columns).expect("read");
    assert_eq!(
        (articles[0].text.as_str(), day(&articles[0]).as_str()),
        ("Five died.", "2015-02-06")
    );
    let columns = Columns {
        text: Some("nota".into()),
        ..Columns::default()
    };
    let error = with_columns(table, columns).expect_err("no such column");
    assert!(
        error
            .to_string()
            .ends_with("a.csv: no column \"nota\"; it has text, nota final, cuando"),
        "{error}"
    );
}

#[test]
fn tables_that_are_wrong() {
    assert_eq!(
        refused("a.csv", b"name,count\nx,1\n"),
        "a.csv: no column of text found; name it with --text-column (it has name, count)"
    );
    assert_eq!(
        refused("a.csv", b"text,title\n"),
        "a.csv: a table without rows; nothing to read in it"
    );
    let (articles, messages) = given(
        "a.csv",
        b"text,date\nOne died.,soon\n,2015-02-06\n  ,\nTwo died.,2015-02-06\n",
    );
    assert_eq!(texts(&articles), ["Two died."]);
    assert_eq!(
        messages,
        [
            "a.csv:2: published is no day: \"soon\"; write it as 2015-02-06",
            "a.csv: left out 2 rows without text, the first in line 3",
        ]
    );
}

#[test]
fn a_row_that_never_ends_is_not_taken_into_memory() {
    let mut table = b"text\nOne died.\n\"Two died.\n".to_vec();
    table.resize(table.len() + (40 << 20), b'a');
    let (articles, messages) = given("a.csv", &table);
    assert_eq!(texts(&articles), ["One died."]);
    assert_eq!(
        messages,
        [
            "a.csv:3: a row longer than 16 MiB; is a quotation mark left open? split the article or mend the table"
        ]
    );
}

#[test]
fn a_row_of_tags_is_no_article() {
    let (articles, messages) = given("a.csv", b"id,text\n#meta+id,#description\n1,Five died.\n");
    assert_eq!((texts(&articles), messages.len()), (vec!["Five died."], 0));
}

#[test]
fn cells_of_markup_become_text() {
    let table = "text\n\"<p>Five <b>died</b>.</p><p>Rain &amp; wind; a&nbsp;flood.</p>\"\n\"4 < 5 & 5 > 4\"\n";
    let (articles, _) = given("a.csv", table.as_bytes());
    assert_eq!(
        texts(&articles),
        ["Five died.\n\nRain & wind; a\u{a0}flood.", "4 < 5 & 5 > 4"]
    );
}

#[test]
fn json_may_be_a_list_or_spread_over_lines() {
    let list = "[\n  {\"id\": \"1\", \"text\": \"One }]{[ \\\" died.\", \"tags\": [{\"x\": []}]},\n  {\"id\": \"2\", \"text\": \"Two.\"}\n]\n";
    for (name, json) in [
        ("a.json", list),
        ("a", list),
        ("a.json", &list.replace('\n', "")),
        (
            "a.json",
            "{\n \"id\": \"1\",\n \"text\": \"One }]{[ \\\" died.\"\n}\n{\n \"id\": \"2\", \"text\": \"Two.\"}",
        ),
        (
            "a.json",
            "{\"id\": \"1\", \"text\": \"One }]{[ \\\" died.\"}\n{\"id\": \"2\", \"text\": \"Two.\"}",
        ),
        (
            "a.json",
            "{\"count\": 2, \"data\": [{\"id\": \"1\", \"text\": \"One }]{[ \\\" died.\"}, {\"id\": \"2\", \"text\": \"Two.\"}], \"next\": {\"a\": [1]}}",
        ),
    ] {
        let (articles, messages) = given(name, json.as_bytes());
        assert_eq!(messages, [""; 0], "{json}");
        assert_eq!(texts(&articles), ["One }]{[ \" died.", "Two."], "{json}");
        assert_eq!(articles[1].id, "2", "{json}");
    }
    let own = br#"{"id": "1", "text": "One.", "data": [{"text": "not this"}]}"#;
    assert_eq!(one("a.json", own).text, "One.");
}

#[test]
fn a_bad_object_leaves_the_others() {
    let (articles, messages) = given(
        "a.json",
        b"{\"id\": \n{\"text\": \"One.\"}\n{\"text\": \"Two.\n{\"text\": \"Three.\"}\n",
    );
    assert_eq!(texts(&articles), ["One.", "Three."]);
    assert_eq!(
        messages,
        [
            "a.json:1: broken JSON (EOF while parsing a value, column 6); give one whole object a line",
            "a.json:3: broken JSON (EOF while parsing a string, column 14); give one whole object a line",
        ]
    );
    let (articles, messages) = given(
        "a.json",
        b"[{\"text\": \"One.\"}, {\"x\": 1}, {\"text\": \"Three.\"}, {\"te",
    );
    assert_eq!(texts(&articles), ["One.", "Three."]);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(
        messages[0],
        "a.json: item 2: no text; give the article's words in the field text"
    );
    let (_, messages) = given("a.json", b"[{\"text\": \"One.\"}, ");
    assert_eq!(
        messages,
        ["a.json: ends in the middle of its list; get a fresh copy"]
    );
    assert_eq!(
        refused("a.json", b"[]"),
        "a.json: no article in it; give objects with id and text"
    );
    assert_eq!(
        refused("a.json", b"five\n"),
        "a.json:1: not a JSON object; give one a line, with id and text"
    );
    assert_eq!(
        refused("a.jsonl", b"[\n{\"text\": \"x\"},\n{}]"),
        "a.jsonl: JSON, but not one article a line; name it .json"
    );
}

#[test]
fn an_object_too_long_is_said_and_passed_over() {
    let mut list = b"[{\"text\": \"".to_vec();
    list.resize(list.len() + (17 << 20), b'a');
    list.extend(b"\"},\n{\"text\": \"x\"}]");
    let (articles, messages) = given("a.json", &list);
    assert_eq!(texts(&articles), ["x"]);
    assert_eq!(
        messages,
        ["a.json: item 1: longer than 16 MiB; split the article"]
    );
}

#[test]
fn a_deep_nest_is_no_danger() {
    let nest = format!("{}{}", "[".repeat(300_000), "]".repeat(300_000));
    let json = format!("[{{\"text\": \"One.\", \"x\": {nest}}}, {{\"text\": \"Two.\"}}]");
    let (articles, messages) = given("a.json", json.as_bytes());
    assert_eq!(
        (texts(&articles), messages.len()),
        (vec!["One.", "Two."], 0)
    );
}

#[test]
fn an_answer_of_reliefweb() {
    let answer = fixture("reliefweb.json");
    let (articles, messages) = given("a.json", &answer);
    assert_eq!(messages, [""; 0]);
    assert_eq!(articles.len(), 2);
    let first = &articles[0];
    assert_eq!(first.title.as_deref(), Some("Valley floods: report no. 3"));
    assert_eq!(day(first), "2015-02-06");
    assert_eq!(first.publisher.as_deref(), Some("Valley Relief Office"));
    assert_eq!(
        first.url.as_deref(),
        Some("https://reliefweb.example/report/valley/floods-3")
    );
    assert_eq!(Some(first.id.as_str()), first.url.as_deref());
    assert_eq!(first.lang.as_deref(), Some("en"));
    assert!(first.text.contains("displaced 12,400 people & killed 31"));
    assert!(!first.text.contains('<'));
    assert!(articles[1].text.starts_with("Nine people"));
}

#[test]
fn other_objects_by_their_usual_names() {
    let article = one(
        "a.json",
        br#"{"id": 5, "date": "2015-02-06T10:00:00", "link": "https://example.org/5", "title": {"rendered": "Five &amp; six"},
            "content": {"rendered": "<p>Five died.</p>\n<p>Six fled.</p>", "protected": false}, "source": {"id": null, "name": "Wire"}}"#,
    );
    assert_eq!(article.text, "Five died.\n\nSix fled.");
    assert_eq!(article.title.as_deref(), Some("Five & six"));
    assert_eq!(
        (article.id.as_str(), day(&article).as_str()),
        ("5", "2015-02-06")
    );
    assert_eq!(article.publisher.as_deref(), Some("Wire"));
    let line = one(
        "a.jsonl",
        br#"{"headline": "H", "body": "Five died.", "publishedAt": "2015-02-06"}"#,
    );
    assert_eq!(
        (line.text.as_str(), day(&line).as_str()),
        ("Five died.", "2015-02-06")
    );
}

#[test]
fn feeds_of_a_real_generator() {
    for name in ["feedgen.rss", "feedgen.atom"] {
        let (articles, messages) = given(name, &fixture(name));
        assert_eq!(messages, [""; 0], "{name}");
        assert_eq!(articles.len(), 3, "{name}");
        for (number, article) in articles.iter().enumerate() {
            assert_eq!(article.publisher.as_deref(), Some("River Valley Bulletin"));
            assert_eq!(article.lang.as_deref(), Some("en"), "{name}");
            assert_eq!(article.url, Some(format!("https://example.org/{number}")));
            assert_eq!(Some(&article.id), article.url.as_ref());
            assert_eq!(day(article), format!("2015-02-0{}", 6 + number));
            assert!(!article.published_inferred);
        }
        assert_eq!(
            articles[0].text,
            "Shells hit the northern market on Thursday, killing 7 people and wounding 23 more, the regional\u{a0}hospital said.\n\n\
             Some 1,200 families fled their homes & crossed the river.\n\n• 4 children were injured\n• 2 teachers are missing"
        );
        assert_eq!(
            articles[1].text,
            "A boat sank on Friday; 14 people drowned & 3 were rescued."
        );
        assert_eq!(articles[2].text, "Only a headline: 9 killed in a landslide");
    }
}

#[test]
fn old_and_odd_feeds() {
    let (articles, messages) = given("a.xml", &fixture("rss1.xml"));
    assert_eq!((articles.len(), messages.len()), (2, 0), "{messages:?}");
    assert_eq!(articles[0].text, "Five people died in caf\u{e9}s.");
    assert_eq!(day(&articles[0]), "2015-02-06");
    let nothing = "<rss version=\"2.0\"><channel><title>T</title><item><description>Five died.</description></item><item/></channel></rss>";
    let (articles, messages) = given("a", nothing.as_bytes());
    assert_eq!(texts(&articles), ["Five died."]);
    assert_eq!(
        articles[0].id.len(),
        16,
        "the same at every run: a hash of the text"
    );
    assert_eq!(
        messages,
        ["a: item 2: neither text nor title; nothing to read in it"]
    );
}

#[test]
fn an_item_of_an_unknown_kind_of_content_does_not_take_the_feed_along() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type='words'>T</title>\
        <entry><id>1</id><title type=\"text/plain\">One</title><content type=\"odd\">Five &lt;b&gt;died&lt;/b&gt;.</content></entry>\
        <entry><id>2</id><title>Two</title><link rel=\"enclosure\" type=\"odd\" href=\"https://example.org/2\"/><content type=\"html\">Six were hurt.</content></entry></feed>";
    let (articles, messages) = given("a.atom", feed.as_bytes());
    assert_eq!(messages, [""; 0]);
    assert_eq!(texts(&articles), ["Five died.", "Six were hurt."]);
    assert_eq!(articles[0].publisher.as_deref(), Some("T"));
    let odd = |n: usize| {
        format!("<entry><id>{n}</id><content type=\"odd{n}\">Ten fell ill.</content></entry>")
    };
    let all: String = (0..99).map(odd).collect();
    let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{all}</feed>");
    let message = refused("a.atom", feed.as_bytes());
    assert!(message.contains("content type odd8"), "{message}");
}

#[test]
fn feeds_that_are_wrong() {
    assert_eq!(
        refused(
            "a.xml",
            b"<?xml version=\"1.0\"?><note><p>Five died.</p></note>"
        ),
        "a.xml: XML, but no RSS or Atom feed; give the article as plain text (.txt)"
    );
    assert_eq!(
        refused(
            "a.rss",
            b"<rss version=\"2.0\"><channel><title>T</title></channel></rss>"
        ),
        "a.rss: a feed without items; nothing to read in it"
    );
    let cut = fixture("feedgen.rss");
    let message = refused("a.rss", &cut[..cut.len() / 2]);
    assert!(message.starts_with("a.rss: broken feed ("), "{message}");
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(200_000));
    refused("a.rss", deep.as_bytes());
}

#[test]
fn a_zip_is_read_entry_by_entry() {
    let (articles, messages) = given("python.zip", &fixture("python.zip"));
    let places: Vec<&str> = articles
        .iter()
        .map(|a| a.text.lines().next().unwrap_or(""))
        .collect();
    assert_eq!(
        places,
        [
            "Market hit",
            "One died.",
            "Three died.",
            "Two people were hurt.",
            "A deep report"
        ]
    );
    assert_eq!(
        messages,
        [
            "python.zip:a.jsonl:2: broken JSON (EOF while parsing a value, column 6); give one whole object a line",
            "python.zip: left out 1 file that is no article by name (photo.png); the names of articles end in .txt, .md, .html, .pdf, .docx, .jsonl or the like",
        ]
    );
}

/// A zip of one entry, packed or not, made by hand so that it can lie.
fn zip_of(name: &str, bytes: &[u8], packed: bool, crc: Option<u32>, flags: u16) -> Vec<u8> {
    let data = if packed {
        let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).expect("packed");
        out.finish().expect("packed")
    } else {
        bytes.to_vec()
    };
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    let crc = crc.unwrap_or(sum.sum());
    let mut common = Vec::new();
    common.extend([20, 0]);
    common.extend(flags.to_le_bytes());
    common.extend([if packed { 8 } else { 0 }, 0, 0, 0, 0x21, 0]);
    common.extend(crc.to_le_bytes());
    common.extend((data.len() as u32).to_le_bytes());
    common.extend((bytes.len() as u32).to_le_bytes());
    common.extend((name.len() as u16).to_le_bytes());
    common.extend([0, 0]);
    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&common);
    out.extend(name.as_bytes());
    out.extend(&data);
    let start = out.len() as u32;
    out.extend(b"PK\x01\x02\x14\x00");
    out.extend(&common);
    out.extend([0; 2 + 2 + 2 + 4]); // comment, disk, attributes
    out.extend(0u32.to_le_bytes());
    out.extend(name.as_bytes());
    let length = out.len() as u32 - start;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[test]
fn zips_that_are_wrong() {
    let text = b"Five people died.";
    assert_eq!(
        one("a.zip", &zip_of("a.txt", text, true, None, 0)).text,
        "Five people died."
    );
    assert_eq!(
        one("nameless", &zip_of("a.txt", text, true, None, 0)).text,
        "Five people died."
    );
    assert_eq!(
        refused("a.zip", &zip_of("a.txt", text, false, Some(7), 0)),
        "a.zip:a.txt: damaged data (its checksum is wrong); get a fresh copy"
    );
    assert_eq!(
        refused("a.zip", &zip_of("a.txt", text, true, None, 1)),
        "a.zip:a.txt: locked with a password; unpack it and give the folder"
    );
    assert_eq!(
        refused("a.zip", &zip_of("a/", b"", false, None, 0)),
        "a.zip: no articles in this archive; put .txt, .md, .html or .jsonl files there"
    );
    let twice = zip_of(
        "in.zip",
        &zip_of("a.txt", text, true, None, 0),
        true,
        None,
        0,
    );
    assert_eq!(one("a.zip", &twice).text, "Five people died.");
    let thrice = zip_of("b.zip", &twice, true, None, 0);
    assert_eq!(
        refused("a.zip", &thrice),
        "a.zip:b.zip:in.zip: a zip in a zip in a zip; unpack it and give the folder"
    );
    let whole = fixture("python.zip");
    let message = refused("a.zip", &whole[..whole.len() / 2]);
    assert!(message.starts_with("a.zip: damaged zip ("), "{message}");
    assert!(refused("a.zip", b"no zip").starts_with("a.zip: damaged zip ("));
}

#[test]
fn a_bomb_does_not_go_off() {
    let mut lines = Vec::new();
    let line = format!("{}\n", " ".repeat(1 << 20));
    for _ in 0..200 {
        lines.extend(line.as_bytes());
    }
    let bomb = zip_of("a.jsonl", &lines, true, None, 0);
    assert!(bomb.len() < 300_000);
    let what = "the archive unpacks to more than 200 times its length; if it is no bomb, unpack it and give the folder";
    let message = refused("a.zip", &bomb);
    assert!(
        message.starts_with("a.zip:a.jsonl: after line ") && message.ends_with(what),
        "{message}"
    );
}

/// The places of the pages of a web archive, and the messages.
fn pages(name: &str, bytes: &[u8]) -> (Vec<usize>, Vec<String>) {
    let dir = folder(&[(name, bytes)]);
    let (mut sizes, mut messages) = (Vec::new(), Vec::new());
    for raw in read::raw(&[dir.path().join(name)]) {
        match raw {
            Ok(raw) => sizes.push(raw.size()),
            Err(error) => {
                messages.push(
                    error
                        .to_string()
                        .replace(&format!("{}/", dir.path().display()), ""),
                );
            }
        }
    }
    (sizes, messages)
}

#[test]
fn a_web_archive_gives_its_pages() {
    let (packed, messages) = pages("a.warc.gz", &fixture("wget.warc.gz"));
    assert_eq!(messages, [""; 0]);
    // plain, latin, packed, chunks; no picture, no answer of "missing", nothing about flowers
    assert_eq!(packed.len(), 4, "{packed:?}");
    let (plain, messages) = pages("a.warc", &fixture("wget-plain.warc"));
    assert_eq!((plain, messages.len()), (packed.clone(), 0));
    let whole = gzip(&fixture("wget-plain.warc"));
    assert_eq!(
        pages("a.warc.gz", &whole).0,
        packed,
        "all records in one member"
    );
    assert_eq!(pages("nameless", &whole).0, packed);
}

#[test]
fn the_pages_of_a_web_archive_become_articles() {
    for name in ["wget.warc.gz", "wget-plain.warc"] {
        let (articles, messages) = given(name, &fixture(name));
        assert_eq!(messages, [""; 0]);
        let pages = ["/plain", "/latin", "/packed", "/chunks"];
        assert_eq!(articles.len(), pages.len());
        for (article, page) in articles.iter().zip(pages) {
            assert!(article.url.as_ref().is_some_and(|url| url.ends_with(page)));
            assert_eq!(article.title, Some(format!("Page {page}")));
            assert_eq!(article.lang.as_deref(), Some("en"));
            assert!(
                article.text.contains("killing 7 people"),
                "{}",
                article.text
            );
            let hospital = if page == "/latin" {
                "r\u{e9}gional"
            } else {
                "regional"
            };
            assert!(article.text.contains(hospital), "{}", article.text);
        }
    }
}

#[test]
fn a_damaged_record_is_said_and_the_rest_is_read() {
    let archive = fixture("wget.warc.gz");
    let members: Vec<usize> = memchr::memmem::find_iter(&archive, b"\x1f\x8b\x08").collect();
    let whole = pages("a.warc.gz", &archive).0;
    // each member in turn: one byte wrong, the end cut away, the start cut away
    for (number, start) in members.iter().enumerate() {
        let end = members.get(number + 1).copied().unwrap_or(archive.len());
        let middle = usize::midpoint(*start, end);
        let mut flipped = archive.clone();
        flipped[middle] ^= 0x55;
        let mut cut = archive.clone();
        cut.drain(middle..end);
        let mut late = archive.clone();
        late.drain(*start..middle);
        for damaged in [flipped, cut, late] {
            let (sizes, messages) = pages("a.warc.gz", &damaged);
            assert_eq!(messages.len(), 1, "member {number}: {messages:?}");
            assert!(messages[0].starts_with("a.warc.gz: byte "), "{messages:?}");
            assert!(sizes.len() + 1 >= whole.len(), "member {number}: {sizes:?}");
            assert!(
                sizes.iter().all(|size| whole.contains(size)),
                "member {number}: {sizes:?}"
            );
        }
    }
}

#[test]
fn damaged_plain_archives() {
    let archive = fixture("wget-plain.warc");
    let records: Vec<usize> = memchr::memmem::find_iter(&archive, b"WARC/1.0\r\n").collect();
    let mut damaged = archive.clone();
    let response = records[2];
    damaged.splice(response..response + 4, *b"XXXX");
    let (sizes, messages) = pages("a.warc", &damaged);
    assert_eq!(sizes.len(), 3);
    assert_eq!(
        messages,
        [format!(
            "a.warc: byte {response}: damaged record (it does not begin as one); the rest is read"
        )]
    );
    let (sizes, messages) = pages("a.warc", &archive[..response + 600]);
    assert_eq!(sizes.len(), 0);
    assert_eq!(
        messages,
        [format!(
            "a.warc: byte {response}: damaged record (it ends before its length); nothing is readable after it; get a fresh copy"
        )]
    );
    let (_, messages) = pages("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n");
    assert_eq!(
        messages,
        [
            "a.warc: byte 0: damaged record (it has no length); nothing is readable after it; get a fresh copy"
        ]
    );
    let (_, messages) = pages("a.warc", b"nothing of the kind");
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn a_page_longer_than_a_page_may_be_is_passed_over() {
    let mut body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Five killed".to_vec();
    body.resize(40 << 20, b'a');
    let mut archive = Vec::new();
    for body in [
        &body[..],
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Six killed</p>",
        &body[..20 << 20],
    ] {
        archive.extend(format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n", body.len()).bytes());
        archive.extend(body);
        archive.extend(b"\r\n\r\n");
    }
    let (sizes, messages) = pages("a.warc", &archive);
    assert_eq!(sizes, [17]);
    assert_eq!(messages.len(), 2);
    assert_eq!(
        messages[0],
        "a.warc: byte 0: longer than 32 MiB; passed over"
    );
    assert!(
        messages[1].ends_with("a page longer than 16 MiB; passed over"),
        "{messages:?}"
    );
}

/// A number that follows from the one before, the same at every run.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    (*seed >> 33) as usize
}

#[test]
fn whatever_is_done_to_an_input_it_ends_in_articles_or_messages() {
    let table =
        "id,title,date,text\n1,A,2015-02-06,\"Five \"\"died\"\".\"\n2,B,,<p>Six &amp; seven</p>\n"
            .repeat(4);
    let inputs = [
        ("a.rss", fixture("feedgen.rss")),
        ("a.atom", fixture("feedgen.atom")),
        ("a.xml", fixture("rss1.xml")),
        ("a.json", fixture("reliefweb.json")),
        ("a.zip", fixture("python.zip")),
        ("a.warc.gz", fixture("wget.warc.gz")),
        ("a.warc", fixture("wget-plain.warc")),
        ("a.csv", table.into_bytes()),
    ];
    let dir = folder(&[]);
    let mut seed = 1;
    for (name, bytes) in inputs {
        for _ in 0..60 {
            let mut damaged = bytes.clone();
            for _ in 0..=next(&mut seed) % 4 {
                let at = next(&mut seed) % damaged.len();
                let until = (at + next(&mut seed) % 40).min(damaged.len());
                match next(&mut seed) % 4 {
                    0 => damaged[at] ^= 1 << (next(&mut seed) % 8),
                    1 => drop(damaged.drain(at..until)),
                    2 => damaged
                        .splice(at..at, bytes[..until.min(bytes.len())].to_vec())
                        .for_each(drop),
                    _ => damaged.truncate(at.max(1)),
                }
            }
            std::fs::write(dir.path().join(name), &damaged).expect("written");
            let (articles, messages) = read(dir.path(), name);
            assert!(articles.len() + messages.len() > 0, "{name}: nothing said");
        }
    }
}
