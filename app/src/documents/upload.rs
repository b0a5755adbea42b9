//! A form with files, as browsers send it. Files are read no further than they may be long, and what was typed is read whatever becomes of them.

use super::{Kind, MOST, MOST_BYTES, recognise, safe_name};
use crate::account::Accounts;
use crate::account::answer::Failure;
use crate::account::visit::Fields;
use crate::form::{Code, FieldErrors};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;

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

    async fn from_request(request: Request, state: &Accounts) -> Result<Self, Failure> {
        let is_multipart = request.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
        if !is_multipart {
            return Ok(Self { fields: Fields::from_request(request, state).await?, ..Self::default() });
        }
        let mut form = Multipart::from_request(request, state).await.map_err(|_| Failure::BadForm)?;
        let (mut upload, mut typed) = (Self::default(), Vec::new());
        while let Some(field) = form.next_field().await.map_err(|_| Failure::BadForm)? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                upload.take(field).await?;
            } else {
                typed.push((name, field.text().await.map_err(|_| Failure::BadForm)?));
            }
        }
        upload.fields = Fields::of(typed);
        Ok(upload)
    }
}

impl Upload {
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
