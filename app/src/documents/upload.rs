//! A form with files, as browsers send it. Files are read no further than they may be long, and what was typed is read whatever becomes of them.

use super::{Kind, MOST, MOST_BYTES, recognise, safe_name};
use crate::account::answer::Failure;
use crate::account::visit::Fields;
use crate::account::{Accounts, CurrentUser};
use crate::form::{Code, FieldErrors};
use axum::body::{Body, HttpBody};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use std::future::poll_fn;
use std::pin::Pin;

/// The most bytes of a form of who is not signed in.
const MOST_TYPED_BYTES: usize = 256 << 10;
/// The most bytes that are read and dropped.
const MOST_DROPPED_BYTES: usize = 64 << 20;
/// The most bytes of one text: more than the longest that is taken.
const MOST_TEXT_BYTES: usize = 100_000;

/// A file that is one of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What to call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A form with files.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// What was typed.
    pub fields: Fields,
    /// The files that can be taken, no more than [`MOST`].
    pub files: Vec<File>,
    /// What is wrong with the others, on the field `documents`.
    pub errors: FieldErrors,
}

impl FromRequest<Accounts> for Upload {
    type Rejection = Failure;

    async fn from_request(mut request: Request, state: &Accounts) -> Result<Self, Failure> {
        let is_multipart = request.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
        if !is_multipart {
            return Ok(Self { fields: Fields::from_request(request, state).await?, ..Self::default() });
        }
        // Of who is not signed in what was typed is kept for them, but no file.
        if request.extensions().get::<CurrentUser>().is_none() {
            let (parts, body) = request.into_parts();
            request = Request::from_parts(parts, beginning(body).await.into());
        }
        let mut form = Multipart::from_request(request, state).await.map_err(|_| Failure::BadForm)?;
        let (mut upload, mut typed) = (Self::default(), Vec::new());
        loop {
            let field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(_) => {
                    upload.breaks_off(&typed)?;
                    break;
                }
            };
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                if upload.take(field).await.is_err() {
                    upload.breaks_off(&typed)?;
                    break;
                }
            } else {
                typed.push((name, text(field).await?));
            }
        }
        upload.fields = Fields::of(typed);
        Ok(upload)
    }
}

/// What is typed stands before the files: the beginning is enough. The rest is read and dropped, so that the browser sees our answer.
async fn beginning(mut body: Body) -> Vec<u8> {
    let (mut kept, mut dropped) = (Vec::new(), 0);
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.into_data() else { break };
        let some = data.len().min(MOST_TYPED_BYTES - kept.len());
        kept.extend_from_slice(&data[..some]);
        dropped += data.len() - some;
        if dropped > MOST_DROPPED_BYTES {
            break;
        }
    }
    kept
}

/// A text as it was typed; what is far longer than any text may be is cut, and too long still.
async fn text(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| Failure::BadForm)? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(MOST_TEXT_BYTES.saturating_sub(bytes.len()))]);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Upload {
    /// More came than is read. What was typed comes before the files: it stays.
    fn breaks_off(&mut self, typed: &[(String, String)]) -> Result<(), Failure> {
        if typed.is_empty() {
            return Err(Failure::BadForm);
        }
        self.errors.add("documents", Code::FileTooLarge);
        Ok(())
    }

    async fn take(&mut self, mut field: Field<'_>) -> Result<(), Failure> {
        let told = field.file_name().unwrap_or_default().to_owned();
        let (mut bytes, mut is_too_large) = (Vec::new(), false);
        while let Some(chunk) = field.chunk().await.map_err(|_| Failure::BadForm)? {
            // The rest is read and dropped, so that the browser sees our answer.
            is_too_large |= bytes.len() + chunk.len() > MOST_BYTES;
            if !is_too_large {
                bytes.extend_from_slice(&chunk);
            }
        }
        // No file was chosen.
        if told.is_empty() && bytes.is_empty() {
            return Ok(());
        }
        match recognise(&bytes) {
            _ if is_too_large => self.errors.add("documents", Code::FileTooLarge),
            None => self.errors.add("documents", Code::NotADocument),
            Some(_) if self.files.len() >= MOST => self.errors.add("documents", Code::TooMany),
            Some(kind) => self.files.push(File { name: safe_name(&told, kind), kind, bytes }),
        }
        Ok(())
    }
}
