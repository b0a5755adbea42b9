//! What works without a network, and how the page knows.

mod connectivity;
#[cfg(target_arch = "wasm32")]
mod fetch;

pub use connectivity::Connectivity;
#[cfg(target_arch = "wasm32")]
pub use fetch::get_json;

/// Outside a browser there is nothing to fetch with.
///
/// # Errors
/// Always [`crate::error::AppError::Unreachable`].
#[cfg(not(target_arch = "wasm32"))]
pub async fn get_json<T>(_path: &str) -> Result<T, crate::error::AppError> {
    Err(crate::error::AppError::Unreachable)
}
