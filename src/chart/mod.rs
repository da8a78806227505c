//! Series -> PNG and SVG.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::series::Series;

/// How to draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {}

/// Draws one PNG per country and measure into a folder.
///
/// # Errors
/// A file cannot be written.
pub fn draw_all(series: &[Series], folder: &Path, options: &Options) -> Result<Vec<PathBuf>> {
    let _ = (series, folder, options);
    Ok(Vec::new())
}
