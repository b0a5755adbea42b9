//! What is written in an application, sealed field by field.

use crate::applications::content::Content;
use crate::database::{Database, decode};
use crate::sealing::FieldKeys;
use crate::text;
use sqlx::{Any, Row, Transaction};

/// What an employer reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// 志望動機.
    pub motivation: String,
    /// 備考.
    pub remarks: String,
    /// The seeker as they were: label and words by turns, a line each.
    pub person: String,
    /// What was ticked of a reserved posting, in its words (DOMAIN.md rule 3: required and stored).
    pub stated: String,
    /// What the employer said of the difference to the sheet's conditions.
    pub difference: String,
}

impl Texts {
    /// The texts of a new application.
    #[must_use]
    pub fn of(content: Content, person: String) -> Self {
        let stated = if content.is_stated { text::applications_stated().to_owned() } else { String::new() };
        Self { motivation: content.motivation, remarks: content.remarks, person, stated, difference: String::new() }
    }

    fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("motivation", &self.motivation),
            ("remarks", &self.remarks),
            ("person", &self.person),
            ("stated", &self.stated),
            ("difference", &self.difference),
        ]
    }
}

/// Writes down those of these texts that are not empty.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, keys: &FieldKeys, application: &str, texts: &Texts) -> Result<(), sqlx::Error> {
    for (field, text) in texts.fields().into_iter().filter(|(_, text)| !text.is_empty()) {
        sqlx::query("INSERT INTO application_texts (application_id, field, sealed) VALUES ($1, $2, $3)")
            .bind(application)
            .bind(field)
            .bind(keys.seal(&["application", application, field], text))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// What is written in an application.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of(database: &Database, keys: &FieldKeys, application: &str) -> Result<Texts, sqlx::Error> {
    let rows = sqlx::query("SELECT field, sealed FROM application_texts WHERE application_id = $1")
        .bind(application)
        .fetch_all(database.read())
        .await?;
    let mut texts = Texts::default();
    for row in rows {
        let (field, sealed): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let text = keys.open(&["application", application, &field], &sealed).map_err(decode)?;
        match field.as_str() {
            "motivation" => texts.motivation = text,
            "remarks" => texts.remarks = text,
            "person" => texts.person = text,
            "stated" => texts.stated = text,
            "difference" => texts.difference = text,
            _ => return Err(decode(format!("an application has no field {field}"))),
        }
    }
    Ok(texts)
}
