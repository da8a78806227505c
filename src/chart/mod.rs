//! Series -> PNG and SVG.
