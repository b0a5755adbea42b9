//! Values with one text form: `Display` writes it, `FromStr` reads it, JSON carries it.

/// Gives a value that has `FromStr<Err = Code>` and `Display` its JSON form: the text.
macro_rules! text_form {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|code: crate::form::Code| serde::de::Error::custom(code.code()))
            }
        }
    };
}

/// An enum of choices: its members, the code in forms, JSON and SQL, and the text beside the button.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal $label:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// All members in the order of the screen, as the table of fields lists them.
            pub const CHOICES: &'static [crate::registration::fields::Choice] =
                &[$(crate::registration::fields::Choice { code: $code, label: crate::text::$label }),+];

            /// The code in forms, JSON and SQL.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The text on the screen.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => crate::text::$label()),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::form::Code;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code { $($code => Ok(Self::$variant),)+ _ => Err(crate::form::Code::NotAChoice) }
            }
        }
    };
}

pub(crate) use {choices, text_form};
