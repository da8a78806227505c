#![no_main]

use headcount::Article;

libfuzzer_sys::fuzz_target!(|text: &str| {
    headcount_fuzz::figures(Article {
        title: text.lines().next().map(str::to_string),
        published: "2015-02-06".parse().ok(),
        text: text.into(),
        ..Article::default()
    });
});
