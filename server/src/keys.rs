//! Where the service's keys come from: the environment; in demo mode a file under the data folder, made once.

use app::push::VapidKey;
use app::sealing::FieldKeys;
use app::secret::{Key, random};
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;

/// The file of demo mode: a line `NAME=64 hexadecimal digits` for each key.
const FILE: &str = "demo-keys";
/// The name of the key of accounts, in the environment and in the file.
pub const SESSION_KEY: &str = "MYPAGE_SESSION_KEY";
/// The name of the keys of sealed fields.
pub const FIELD_KEY: &str = "MYPAGE_FIELD_KEY";
/// The name of the key of web push.
pub const VAPID_KEY: &str = "MYPAGE_VAPID_KEY";

/// The key of accounts: the one that was given, or in demo mode the one of the data folder, made if missing. `None` if there is none.
///
/// # Errors
/// If a key is no key, or the file cannot be read or made.
pub fn session_key(given: Option<&str>, is_demo: bool, data: &Path) -> io::Result<Option<Key>> {
    match given {
        Some(given) => read(SESSION_KEY, given).map(Some),
        None if is_demo => demo_key(SESSION_KEY, data).map(Some),
        None => Ok(None),
    }
}

/// The keys of sealed fields, as [`session_key`] gives that of accounts.
///
/// # Errors
/// If they are no keys, or the file cannot be read or made.
pub fn field_keys(given: Option<&str>, is_demo: bool, data: &Path) -> io::Result<Option<FieldKeys>> {
    match given {
        Some(given) => read(FIELD_KEY, given).map(Some),
        None if is_demo => demo_key(FIELD_KEY, data).map(Some),
        None => Ok(None),
    }
}

/// The key of web push, as [`session_key`] gives that of accounts.
///
/// # Errors
/// If it is no key, or the file cannot be read or made.
pub fn vapid_key(given: Option<&str>, is_demo: bool, data: &Path) -> io::Result<Option<VapidKey>> {
    match given {
        Some(given) => read(VAPID_KEY, given).map(Some),
        None if is_demo => demo_key(VAPID_KEY, data).map(Some),
        None => Ok(None),
    }
}

fn read<T: FromStr<Err: Display>>(name: &str, text: &str) -> io::Result<T> {
    text.parse().map_err(|error| io::Error::other(format!("{name}: {error}")))
}

fn demo_key<T: FromStr<Err: Display>>(name: &str, data: &Path) -> io::Result<T> {
    fs::create_dir_all(data)?;
    let path = data.join(FILE);
    let mut file = fs::OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&path)?;
    // Two processes that start at once make one key.
    file.lock()?;
    let lines = io::read_to_string(&file)?;
    if let Some(key) = lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')) {
        return read(&path.display().to_string(), key);
    }
    let key = random();
    writeln!(file, "{name}={key}")?;
    file.sync_all()?;
    read(name, &key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn demo_mode_makes_its_key_once_in_a_file_of_its_owner_alone() {
        let data = tempfile::tempdir().expect("a folder");
        let key = || session_key(None, true, data.path()).expect("a key").map(|key| key.mac("x", &[]));
        let first = key();
        assert!(first.is_some());
        assert_eq!(key(), first);
        let mode = fs::metadata(data.path().join(FILE)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn elsewhere_a_key_that_is_not_given_is_not_made_up_and_a_wrong_one_is_refused() {
        let data = tempfile::tempdir().expect("a folder");
        assert!(session_key(None, false, data.path()).expect("an answer").is_none());
        assert!(session_key(Some("secret"), false, data.path()).is_err());
        assert!(session_key(Some(&"0a".repeat(32)), false, data.path()).expect("an answer").is_some());
        assert!(!data.path().join(FILE).exists());
    }
}
