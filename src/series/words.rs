//! What the flags of a point say, in words.

/// A flag with what it says behind it; a flag that is not known as it is.
pub fn flag_in_words(flag: &str) -> String {
    let (name, of) = flag.split_once('=').unwrap_or((flag, ""));
    let says = match name {
        "fell" => "lower than the number before, and no rounding or hedge explains it",
        "restarted" => "less than a third of the number before, and it stays low",
        "jumped" => "far above the number before, or a step far steeper than its neighbours",
        "digit_swap?" => {
            "out of line with both neighbours; one slip of the typist would explain it"
        }
        "disputed" => "one source, one day, two numbers: this one was published last",
        super::DISAGREES => "one source, one day, two numbers: the other was published last",
        "rounded" => "a rounder form of the same number was joined to it",
        "hedges_differ" => "the same number under another hedge was joined to it",
        "several" => "several new figures, or several parts, of one day: perhaps several incidents",
        "copies" => {
            return format!(
                "{flag}: so many of the articles are copies: the same story in the same words"
            );
        }
        super::PART => "part of another figure",
        super::PROJECTED => "expected, not counted",
        "area" => return format!("{flag}: told of {of}, and put on the country's line"),
        "started" => return format!("{flag}: a count that began on another day than the main one"),
        "since" => return format!("{flag}: the first day of the period"),
        "gaps" => "the periods added up do not adjoin",
        "left_out" => {
            return format!("{flag}: so many figures could not be added, so it is a least sum");
        }
        _ => return flag.into(),
    };
    format!("{flag}: {says}")
}
