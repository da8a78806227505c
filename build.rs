//! What is made when the crate is built.

#[path = "build/fingerprint.rs"]
mod fingerprint;

fn main() {
    fingerprint::emit();
}
