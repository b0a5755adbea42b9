//! argon2id, a few at once.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes and checks passwords on threads of their own, so many at once as there are processors: a crowd at the door waits, and neither
/// the memory nor the other requests suffer.
#[derive(Clone, Debug)]
pub struct Hasher {
    places: Arc<Semaphore>,
}

/// A password could not be hashed; the cause is for the log.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The library refused.
    #[error("hashing failed: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    /// The parameters are no parameters.
    #[error("the parameters are wrong: {0}")]
    Parameters(#[from] argon2::Error),
    /// The thread ended.
    #[error("the thread ended: {0}")]
    Thread(#[from] JoinError),
    /// The service stops.
    #[error("no more passwords are taken: {0}")]
    Closed(#[from] tokio::sync::AcquireError),
}

impl Default for Hasher {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self { places: Arc::new(Semaphore::new(processors)) }
    }
}

impl Hasher {
    /// The hash of a new password, as a PHC string with its salt.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn hash(&self, password: &str) -> Result<String, HashError> {
        let _place = self.places.clone().acquire_owned().await?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || {
            let mut salt = [0_u8; 16];
            getrandom::fill(&mut salt).expect("a system that serves has random bytes");
            let hash: PasswordHash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt)?;
            Ok(hash.to_string())
        })
        .await?
    }

    /// Whether `password` has this hash. `None` stands for an account that is not there: it takes as long, and no password is right.
    ///
    /// # Errors
    /// [`HashError`], also for a hash that cannot be read.
    pub async fn is_right(&self, password: &str, hash: Option<String>) -> Result<bool, HashError> {
        let Some(hash) = hash else {
            self.hash(password).await?;
            return Ok(false);
        };
        let _place = self.places.clone().acquire_owned().await?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::new(&hash).map_err(argon2::password_hash::Error::from)?;
            match argon2()?.verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(true),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await?
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, LANES, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_has_its_hash_and_no_two_hashes_are_alike() {
        let hasher = Hasher::default();
        let hash = hasher.hash("朝は納豆と味噌汁にかぎる").await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.is_right("朝は納豆と味噌汁にかぎる", Some(hash.clone())).await.expect("an answer"));
        assert!(!hasher.is_right("朝は納豆と味噌汁にかぎる ", Some(hash.clone())).await.expect("an answer"));
        assert!(!hasher.is_right("朝は納豆と味噌汁にかぎる", None).await.expect("an answer"));
        assert_ne!(hasher.hash("朝は納豆と味噌汁にかぎる").await.expect("a hash"), hash);
    }

    #[tokio::test]
    async fn a_hash_that_cannot_be_read_is_an_error_and_not_a_wrong_password() {
        assert!(Hasher::default().is_right("x", Some("plain".into())).await.is_err());
    }
}
