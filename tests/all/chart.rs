//! Charts as a user gets them: PNG and SVG files, and the command's complaints.

use std::collections::BTreeSet;

use assert_cmd::Command;
use headcount::chart::{Chart, Format, Options, Panels, Theme, charts, draw_all};
use headcount::series::{Key, Point};
use headcount::{Kind, Qualifier, Series, Unit};

/// Two sources' running totals and one's new figures.
fn sample() -> Vec<Series> {
    let line =
        |source: &str, measure: &str, kind: Kind, points: &[(&str, f64, Qualifier)]| Series {
            key: Key {
                measure: measure.parse().expect("a measure"),
                country: Some("UKR".parse().expect("a country")),
                place: None,
                source: Some(source.into()),
                kind,
                unit: Unit::People,
            },
            points: points
                .iter()
                .map(|&(day, value, qualifier)| Point {
                    date: day.parse().expect("a day"),
                    value: Some(value),
                    low: (qualifier != Qualifier::Nearly).then_some(value),
                    high: (qualifier != Qualifier::AtLeast).then_some(value),
                    qualifier,
                    rule: "as_stated".into(),
                    articles: vec![format!("article of {day}")],
                    publishers: vec!["Sample Wire".into()],
                    urls: Vec::new(),
                    figure_ids: vec![format!("{source} {day}")],
                    flags: Vec::new(),
                    why: String::new(),
                })
                .collect(),
        };
    vec![
        line(
            "OHCHR",
            "fatalities",
            Kind::Total,
            &[
                ("2014-06-24", 423.0, Qualifier::Exact),
                ("2014-10-08", 3660.0, Qualifier::AtLeast),
                ("2015-02-06", 5486.0, Qualifier::Exact),
            ],
        ),
        line(
            "Ministry <of> Health & Care",
            "fatalities",
            Kind::Total,
            &[("2014-10-08", 3000.0, Qualifier::Nearly)],
        ),
        line(
            "police",
            "fatalities",
            Kind::New,
            &[("2014-07-17", 298.0, Qualifier::Exact)],
        ),
        line(
            "UNHCR",
            "idps",
            Kind::Total,
            &[("2015-02-06", 980_000.0, Qualifier::Exact)],
        ),
    ]
}

fn fatalities() -> Chart {
    charts(&sample(), &Options::default())
        .into_iter()
        .find(|c| c.name == "UKR-fatalities")
        .expect("a chart")
}

fn options(format: Format, size: &str) -> Options {
    Options {
        size: size.parse().expect("a size"),
        format,
        ..Options::default()
    }
}

/// Width and RGB rows of a PNG.
fn pixels(bytes: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(bytes);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut buffer = vec![0; reader.output_buffer_size()];
    let info = reader.next_frame(&mut buffer).expect("a frame");
    assert_eq!(info.color_type, png::ColorType::Rgb);
    let pixels = buffer.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    (info.width as usize, info.height as usize, pixels)
}

#[test]
fn a_png_has_the_size_asked_for_each_sources_colour_and_a_white_margin() {
    for size in ["1200x680", "400x300", "1500x1100"] {
        let bytes = fatalities()
            .draw(&options(Format::Png, size))
            .expect("drawn");
        let (width, height, pixels) = pixels(&bytes);
        assert_eq!(format!("{width}x{height}"), size);
        let colours: BTreeSet<[u8; 3]> = pixels.iter().copied().collect();
        // The first three colours of the palette: blue, vermillion, green.
        for colour in [[0x00, 0x72, 0xB2], [0xD5, 0x5E, 0x00], [0x00, 0x9E, 0x73]] {
            assert!(colours.contains(&colour), "{size}: no {colour:?}");
        }
        for (i, pixel) in pixels.iter().enumerate() {
            let (x, y) = (i % width, i / width);
            let outer = x < 5 || y < 5 || x >= width - 5 || y >= height - 5;
            assert!(!outer || *pixel == [255; 3], "{size}: {x},{y} is {pixel:?}");
        }
    }
}

#[test]
fn a_scaled_png_is_the_same_picture_with_more_pixels_and_a_dark_one_is_dark() {
    let usual = options(Format::Png, "600x400");
    let twice = Options {
        scale: "2".parse().expect("a scale"),
        theme: Theme::Dark,
        ..usual
    };
    let (width, height, pixels) = pixels(&fatalities().draw(&twice).expect("drawn"));
    assert_eq!((width, height), (1200, 800));
    let paper = [0x12, 0x16, 0x1D];
    assert_eq!((pixels[0], pixels[1200 * 800 - 1]), (paper, paper));
    let share = pixels.iter().filter(|p| **p == paper).count() as f64 / 960_000.0;
    assert!(share > 0.8 && share < 0.99, "{share}");
}

#[test]
fn panels_make_one_chart_of_what_were_several() {
    let names = |panels| -> Vec<String> {
        let options = Options {
            panels,
            ..Options::default()
        };
        charts(&sample(), &options)
            .into_iter()
            .map(|c| c.name)
            .collect()
    };
    assert_eq!(names(None), ["UKR-fatalities", "UKR-idps"]);
    assert_eq!(names(Some(Panels::Measure)), ["UKR-by-measure"]);
    assert_eq!(
        names(Some(Panels::Source)),
        ["UKR-fatalities-by-source", "UKR-idps-by-source"]
    );
    assert_eq!(
        names(Some(Panels::Country)),
        ["fatalities-by-country", "idps-by-country"]
    );
}

#[test]
fn a_day_before_the_first_number_is_refused_with_the_cure() {
    let options = Options {
        at: "2014-01-01".parse().ok(),
        ..Options::default()
    };
    let error = fatalities().draw(&options).expect_err("nothing by then");
    assert_eq!(
        error.to_string(),
        "chart UKR-fatalities: no total that can be drawn by 2014-01-01; try a later --at"
    );
}

#[test]
fn an_svg_says_what_it_shows() {
    let bytes = fatalities()
        .draw(&options(Format::Svg, "1200x680"))
        .expect("drawn");
    let svg = String::from_utf8(bytes).expect("UTF-8");
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("width=\"1200\" height=\"680\""));
    assert!(svg.contains("@font-face"), "the font is inside");
    // For those who hear it: a title, and every line in a sentence.
    assert!(svg.contains("role=\"img\" aria-labelledby=\"title description\""));
    assert!(svg.contains("<title id=\"title\">Fatalities, "));
    for told in [
        "<desc id=\"description\">Numbers of people as reported by each source",
        "OHCHR: 3 points, from 423 on 24 Jun 2014 to 5,486 on 6 Feb 2015",
        "Ministry &lt;of&gt; Health &amp; Care: 3,000 on 8 Oct 2014",
    ] {
        assert!(svg.contains(told), "no {told:?}");
    }
    let texts: Vec<&str> = svg
        .split("<text ")
        .skip(1)
        .filter_map(|t| Some(t.split_once('>')?.1.split_once("</text>")?.0.trim()))
        .collect();
    for wanted in [
        // The title ends with the country's name or its code.
        "OHCHR",
        "Ministry &lt;of&gt; Health &amp; Care",
        "police, new",
        "Numbers of people as reported by each source, 24 Jun 2014 to 6 Feb 2015",
        "5 figures from 4 articles, 3 sources · headcount",
        // Both axes from end to end.
        "0",
        "6,000",
        "Jul",
        "2015",
        // The last number of the longest line.
        "5,486",
        // The key.
        "at least, more than",
        "nearly, up to",
    ] {
        assert!(texts.contains(&wanted), "no {wanted:?} in {texts:?}");
    }
    assert!(texts.iter().any(|t| t.starts_with("Fatalities, ")));
    assert!(!texts.contains(&"flagged: check"), "nothing is flagged");
}

#[test]
fn one_file_per_country_and_measure_and_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in [Format::Png, Format::Svg] {
        let options = options(format, "600x400");
        let (a, b) = (folder.path().join("a"), folder.path().join("b/c"));
        let first = draw_all(&sample(), &a, &options).expect("drawn");
        let mut reversed = sample();
        reversed.reverse();
        let second = draw_all(&reversed, &b, &options).expect("drawn");
        let names: Vec<_> = first
            .iter()
            .map(|p| p.file_name().and_then(|n| n.to_str()).expect("a name"))
            .collect();
        let ending = format.as_str();
        assert_eq!(
            names,
            [
                format!("UKR-fatalities.{ending}"),
                format!("UKR-idps.{ending}")
            ]
        );
        for (x, y) in first.iter().zip(&second) {
            assert!(std::fs::read(x).expect("read") == std::fs::read(y).expect("read"));
        }
    }
}

#[test]
fn a_logarithmic_chart_says_so_and_differs() {
    let linear = options(Format::Svg, "1200x680");
    let log = Options {
        log: true,
        ..linear
    };
    let text = |o| String::from_utf8(fatalities().draw(o).expect("drawn")).expect("UTF-8");
    assert!(
        text(&log).contains("logarithmic scale") && !text(&linear).contains("logarithmic scale")
    );
}

#[test]
fn sizes_out_of_bounds_are_refused_with_the_bounds() {
    for size in [
        "399x300",
        "400x299",
        "8001x400",
        "400x99999999999",
        "wide",
        "-5x5",
        "",
    ] {
        let mut command = Command::cargo_bin("headcount").expect("the program");
        let result = command
            .args(["chart", &format!("--size={size}")])
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&result.get_output().stderr).into_owned();
        assert!(
            said.contains("400x300") && said.contains("8000x8000") || said.contains("as 1200x680"),
            "{size}: {said}"
        );
    }
}

#[test]
fn a_wrong_description_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.toml");
    std::fs::write(&path, "log = true\ncolor = \"red\"\n").expect("written");
    let mut command = Command::cargo_bin("headcount").expect("the program");
    let result = command
        .current_dir(&folder)
        .args(["chart", "--spec", "x.toml"])
        .assert()
        .code(1);
    let said = String::from_utf8_lossy(&result.get_output().stderr).into_owned();
    assert!(
        said.starts_with("headcount: x.toml:2: unknown field `color`"),
        "{said}"
    );
}
