-- Version 2: by what copies of an article are told; see copies.rs.
ALTER TABLE article ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';
