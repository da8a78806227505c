//! What the attributes of an element say of it, one bit each.

use super::attributes::Attributes;
use super::tag::Tag;
use crate::data;

/// Its class, id or role names what surrounds articles.
pub(super) const AROUND: u8 = 1;
/// Its class, or microdata, names the text of an article.
pub(super) const BODY: u8 = 2;
/// No reader sees it.
pub(super) const HIDDEN: u8 = 4;
/// An anchor that leads to another page.
pub(super) const LINK: u8 = 8;
/// It follows right after the end of another element.
pub(super) const GLUED: u8 = 16;
/// A table that only lays out.
pub(super) const LAYOUT: u8 = 32;

/// The marks of an element.
pub(super) fn of(tag: Tag, name: &[u8], attributes: &Attributes) -> u8 {
    if attributes.is_empty() && !name.contains(&b'-') {
        return 0;
    }
    let mut marks = 0;
    if tag == Tag::Anchor {
        let href = attributes.text("href");
        if !href.is_empty() && !href.starts_with('#') {
            marks |= LINK;
        }
    }
    if tag == Tag::Body {
        return marks;
    }
    let hides = |style: &str| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    if attributes.get("hidden").is_some()
        || attributes.text("aria-hidden") == "true"
        || attributes.get("style").is_some_and(hides)
    {
        marks |= HIDDEN;
    }
    let page = &data::get().page;
    let role = attributes.text("role");
    if page.roles.iter().any(|r| r == role) || attributes.text("aria-modal") == "true" {
        marks |= AROUND;
    }
    if matches!(role, "presentation" | "none") {
        marks |= LAYOUT;
    }
    if attributes.text("itemprop") == "articleBody" {
        marks |= BODY;
    }
    let own_name = name
        .contains(&b'-')
        .then(|| String::from_utf8_lossy(name).into_owned());
    let names = [
        attributes.text("class"),
        attributes.text("id"),
        own_name.as_deref().unwrap_or_default(),
    ];
    for name in names.into_iter().filter(|n| !n.is_empty()) {
        let says = page.says(name);
        marks |= if says.around { AROUND } else { 0 };
        marks |= if says.unseen { HIDDEN } else { 0 };
        marks |= if says.body { BODY } else { 0 };
    }
    marks
}
