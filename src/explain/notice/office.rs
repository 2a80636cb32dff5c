//! What the office says in a notice: who decides, to whom, when, and where to object.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Bilingual, Diagnostic, NoticeError};

/// The office's part of a notice. Everything may be left out; what is left out is a blank in the
/// notice and is named in [`super::Notice::incomplete`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// Who decides and signs: 中山市民政局.
    pub authority: String,
    /// To whom the notice goes.
    pub recipient: String,
    /// 文号: 中民告〔2023〕12号.
    pub number: String,
    /// The day of the notice, as it is to be printed.
    pub date: String,
    /// Where to ask: an address, a telephone number.
    pub contact: String,
    /// How to object.
    pub remedies: Vec<Remedy>,
    /// Whatever else a policy's own template asks for.
    pub more: std::collections::BTreeMap<String, String>,
}

/// A way to object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// 申请行政复议, 提起行政诉讼.
    pub way: String,
    /// With whom: 中山市人民政府.
    pub to: String,
    /// Within what time, as it is to be printed: 60日.
    pub within: String,
    /// Counted from: 收到本告知书之日.
    pub from: String,
    /// The law that says so, with its article.
    pub source: String,
}

impl Office {
    /// From JSON.
    ///
    /// # Errors
    ///
    /// `huize::notice::bad_office`: a text that is no JSON, or has fields that are not known here.
    pub fn from_json(name: &str, text: &str) -> Result<Self, NoticeError> {
        use serde::de::Error as _;
        let read = match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text),
            // A list would be taken for the fields in their order.
            false => Err(serde_json::Error::custom("an object is expected")),
        };
        read.map_err(|error| {
            // What is no object has no place to point at.
            let place = match (error.line(), error.column()) {
                (0, _) => name.to_owned(),
                (line, column) => format!("{name}:{line}:{column}"),
            };
                Diagnostic::error(
                    "huize::notice::bad_office",
                    Bilingual::new(
                        format!("机关信息 `{place}` 不能用"),
                        format!("the office's file `{place}` cannot be used: {error}"),
                    ),
                )
                .help(Bilingual::new(
                    "可写的有 authority、recipient、number、date、contact、remedies（way、to、within、from、source）、more",
                    "it may have authority, recipient, number, date, contact, remedies (way, to, within, from, source), more",
                ))
            .into()
        })
    }
}
