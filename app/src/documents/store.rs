//! Where the bytes of documents are: files named by what is in them (under a key), encrypted, on the disk before the row that names them.

use crate::sealing::FieldKeys;
use crate::secret::Key;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How old a file is at least before it is taken away because no row names it: an upload writes its file first.
const SPARED: Duration = Duration::from_secs(24 * 3600);

/// The folder of documents; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Path>);

impl Store {
    /// The store in this folder, made when something is kept.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self(folder.into())
    }

    /// Keeps these bytes; gives where. The same bytes are kept once.
    ///
    /// # Errors
    /// If the disk does not take them.
    pub async fn keep(&self, key: &Key, keys: &FieldKeys, bytes: Vec<u8>) -> io::Result<String> {
        let hash = Sha256::digest(&bytes).iter().fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").expect("a String takes every write");
            out
        });
        let address = key.mac("document", &[&hash]);
        let (path, sealed) = (self.path(&address), keys.seal_bytes(&["document", &address], &bytes));
        tokio::task::spawn_blocking(move || write(&path, &sealed)).await.map_err(io::Error::other)??;
        Ok(address)
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// If they are not there or do not open.
    pub async fn open(&self, keys: &FieldKeys, address: &str) -> io::Result<Vec<u8>> {
        let path = self.path(address);
        let sealed = tokio::task::spawn_blocking(move || fs::read(path)).await.map_err(io::Error::other)??;
        keys.open_bytes(&["document", address], &sealed).map_err(io::Error::other)
    }

    /// Takes away old files that `is_named` does not know.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub async fn tidy<F: Future<Output = Result<bool, sqlx::Error>>>(
        &self,
        now: SystemTime,
        is_named: impl Fn(String) -> F,
    ) -> io::Result<u64> {
        let mut removed = 0;
        for path in files(&self.0)? {
            let is_old = fs::metadata(&path)?.modified()?.checked_add(SPARED).is_some_and(|spared| spared < now);
            let Some(address) = path.file_name().and_then(|name| name.to_str()).filter(|_| is_old) else { continue };
            if !is_named(address.to_owned()).await.map_err(io::Error::other)? {
                fs::remove_file(&path)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Seals every file with the first key that another one sealed; gives how many. Run again, it goes on.
    ///
    /// # Errors
    /// If a file cannot be read or written, or opens with none of the keys.
    pub fn reseal(&self, keys: &FieldKeys) -> io::Result<u64> {
        let mut done = 0;
        for path in files(&self.0)? {
            let Some(address) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let sealed = fs::read(&path)?;
            if keys.is_newest_of(&sealed) {
                continue;
            }
            let place = ["document", address];
            let bytes = keys.open_bytes(&place, &sealed).map_err(io::Error::other)?;
            write(&path, &keys.seal_bytes(&place, &bytes))?;
            done += 1;
        }
        Ok(done)
    }

    fn path(&self, address: &str) -> PathBuf {
        // An address is a MAC in hexadecimal, from a row of ours.
        self.0.join(address.get(..2).unwrap_or("00")).join(address)
    }
}

/// Writes a file so that it is there whole or not at all, and on the disk.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or_else(|| io::Error::other("a document has a folder"))?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    fs::File::open(folder)?.sync_all()
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let Ok(folders) = fs::read_dir(folder) else { return Ok(found) };
    for inner in folders {
        for file in fs::read_dir(inner?.path())? {
            found.push(file?.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> (tempfile::TempDir, Store, Key, FieldKeys) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(folder.path().join("documents"));
        (folder, store, "0f".repeat(32).parse().expect("a key"), "1a".repeat(32).parse().expect("a key"))
    }

    #[tokio::test]
    async fn what_is_kept_is_read_back_and_stands_encrypted_on_the_disk_once() {
        let (_folder, store, key, keys) = parts();
        let address = store.keep(&key, &keys, b"%PDF-secret".to_vec()).await.expect("kept");
        assert_eq!(store.keep(&key, &keys, b"%PDF-secret".to_vec()).await.expect("kept"), address);
        assert_eq!(store.open(&keys, &address).await.expect("there"), b"%PDF-secret");
        let files = files(&store.0).expect("files");
        assert_eq!(files.len(), 1);
        let raw = fs::read(&files[0]).expect("a file");
        assert!(!raw.windows(6).any(|window| window == b"secret"));
    }

    #[tokio::test]
    async fn a_file_that_was_changed_or_moved_does_not_open() {
        let (_folder, store, key, keys) = parts();
        let address = store.keep(&key, &keys, b"one".to_vec()).await.expect("kept");
        let other = store.keep(&key, &keys, b"two".to_vec()).await.expect("kept");
        fs::copy(store.path(&other), store.path(&address)).expect("moved");
        assert!(store.open(&keys, &address).await.is_err());
        assert!(store.open(&keys, &"ab".repeat(32)).await.is_err(), "not there");
    }

    #[tokio::test]
    async fn files_are_sealed_anew_with_a_new_key() {
        let (_folder, store, key, old) = parts();
        let address = store.keep(&key, &old, b"%PDF".to_vec()).await.expect("kept");
        let both: FieldKeys = format!("{},{}", "2b".repeat(32), "1a".repeat(32)).parse().expect("keys");
        assert_eq!((store.reseal(&both).expect("all open"), store.reseal(&both).expect("all open")), (1, 0));
        let new: FieldKeys = "2b".repeat(32).parse().expect("a key");
        assert_eq!(store.open(&new, &address).await.expect("it opens"), b"%PDF");
        assert!(store.reseal(&"3c".repeat(32).parse().expect("a key")).is_err());
    }

    #[tokio::test]
    async fn files_that_no_row_names_go_after_a_day_and_not_before() {
        let (_folder, store, key, keys) = parts();
        let named = store.keep(&key, &keys, b"named".to_vec()).await.expect("kept");
        store.keep(&key, &keys, b"left over".to_vec()).await.expect("kept");
        let is_named = |address: String| {
            let is = address == named;
            async move { Ok(is) }
        };
        let now = SystemTime::now();
        assert_eq!(store.tidy(now, is_named).await.expect("tidied"), 0);
        assert_eq!(store.tidy(now + SPARED * 2, is_named).await.expect("tidied"), 1);
        assert!(store.open(&keys, &named).await.is_ok());
    }
}
