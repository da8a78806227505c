//! One number for everything that decides which figures are found in a text: the code and the tables.
//!
//! The store keeps it with every article, so that articles are read again by a program that would find something else.

use std::path::{Path, PathBuf};

/// Files and folders that decide.
const DECIDE: [&str; 6] = [
    "data",
    "src/data",
    "src/extract",
    "src/text",
    "src/figure.rs",
    "src/totals.rs",
];

/// Folders under them that do not.
const SPARED: [&str; 4] = ["data/articles", "data/series", "data/font", "data/training"];

/// Tells the compiler the number, as `HEADCOUNT_FINGERPRINT`.
pub fn emit() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for root in DECIDE {
        println!("cargo:rerun-if-changed={root}");
        for file in files(Path::new(root)) {
            take(&mut hash, file.to_string_lossy().as_bytes());
            take(&mut hash, &std::fs::read(&file).unwrap_or_default());
        }
    }
    println!("cargo:rustc-env=HEADCOUNT_FINGERPRINT={hash:016x}");
}

/// Every file under a path, sorted; the path itself where it is a file.
fn files(path: &Path) -> Vec<PathBuf> {
    if SPARED.iter().any(|s| path == Path::new(s)) {
        return Vec::new();
    }
    let Ok(folder) = std::fs::read_dir(path) else {
        return vec![path.to_path_buf()];
    };
    let mut entries: Vec<PathBuf> = folder.flatten().map(|e| e.path()).collect();
    entries.sort();
    entries.iter().flat_map(|e| files(e)).collect()
}

/// FNV-1a, the length last so that two files never run together.
fn take(hash: &mut u64, bytes: &[u8]) {
    for b in bytes.iter().chain(&bytes.len().to_le_bytes()) {
        *hash = (*hash ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}
