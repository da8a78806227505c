//! The page around the sections: its policy, its style and script, the ways through it.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use super::head::Head;
use super::tags::Lists;
use super::{claims, disputes, drawings, latest};
use crate::chart::base64;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the page is made of.
pub(super) struct Parts<'a> {
    pub(super) head: Head,
    pub(super) latest: latest::Section<'a>,
    pub(super) drawings: drawings::Section<'a>,
    pub(super) disputes: disputes::Section<'a>,
    pub(super) claims: claims::Section<'a>,
}

/// The page.
pub(super) fn html(parts: &Parts<'_>) -> String {
    let style = style(parts);
    // nothing is loaded, and of what stands in the page only this style and this script count
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(SCRIPT)
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("headcount ", env!("CARGO_PKG_VERSION")));
                title { (parts.head.title) " · figures as reported" }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { "Skip to the figures" }
                (body(parts))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn body(parts: &Parts<'_>) -> Markup {
    let tags = parts.latest.tags().chain(parts.drawings.tags());
    let tags = tags.chain(parts.disputes.tags()).chain(parts.claims.tags());
    let lists = Lists::of(tags);
    let sections = [
        (!parts.latest.is_empty(), "latest", "Latest"),
        (!parts.drawings.is_empty(), "charts", "Over time"),
        (!parts.disputes.is_empty(), "disagreements", "Disagreements"),
        (!parts.latest.is_empty(), "figures", "All figures"),
    ];
    let shown = sections.into_iter().filter(|(there, ..)| *there);
    html! {
        (parts.head.html())
        div #bar {
            nav aria-label="Sections" {
                ul { @for (_, id, name) in shown { li { a href={ "#" (id) } { (name) } } } }
            }
            (lists.form())
        }
        main #main tabindex="-1" {
            @if parts.latest.is_empty() { p { "There are no figures in this selection." } }
            @if !parts.latest.is_empty() { (parts.latest.html(&lists)) }
            @if !parts.drawings.is_empty() { (parts.drawings.html(&lists)) }
            @if !parts.disputes.is_empty() { (parts.disputes.html(&lists)) }
            @if !parts.latest.is_empty() { (parts.claims.html(&lists)) }
        }
        footer {
            p { "Read by headcount, a program: it can misread. Each number stands in the sentence shown with it, and the article has the last word." }
        }
    }
}

/// The style sheet, and the colours of the charts for day and night.
fn style(parts: &Parts<'_>) -> String {
    let colours = parts.drawings.colours();
    format!(
        "{STYLE}:root{{{}}}@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}",
        colours.day(),
        colours.night()
    )
}

fn hash(text: &str) -> String {
    let hash = digest(&SHA256, text.as_bytes());
    format!("sha256-{}", base64(hash.as_ref()))
}
