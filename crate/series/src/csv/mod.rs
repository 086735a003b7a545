//! A series from a learner's CSV: how it is written is recognised, one column is read, and what is no number is told by line.

mod format;
mod lines;
mod number;
mod read;

pub use number::parse_number;

use serde::Serialize;

/// The most rows that are read.
pub const MOST_ROWS: u64 = 100_000;

/// The most bytes that are read.
pub const MOST_BYTES: u64 = 20_000_000;

/// The most columns that are read.
pub(crate) const MOST_COLUMNS: usize = 200;

/// So many bad rows are told one by one.
pub(crate) const MOST_TOLD: usize = 5;

/// Something in a file that is not as a series needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesProblem {
    /// Its name, which stays.
    pub code: &'static str,
    /// `error` where nothing is read, `warning` where a row is left out.
    pub severity: &'static str,
    /// The line, from 1; none where it is about the whole.
    pub line: Option<u64>,
    /// The fact, with its line.
    pub message: String,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesColumn {
    /// Its name in the header, or `column 1` where there is none.
    pub name: String,
    /// In how many rows it has a number.
    pub numbers: u64,
}

/// How a file is written, what was read of it, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesFile {
    /// The columns.
    pub columns: Vec<SeriesColumn>,
    /// The place of the column that was read.
    pub column: u64,
    /// What stands between values: `,`, `;`, a tab or `|`.
    pub delimiter: char,
    /// Whether numbers have a comma where Python has a point.
    pub decimal_comma: bool,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Rows, without the header, empty lines and comments.
    pub rows: u64,
    /// Rows that are left out, for their value is no number.
    pub bad_rows: u64,
    /// The first of them, each with its line, or why nothing is read at all.
    pub problems: Vec<SeriesProblem>,
}

/// A series as read, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesTable {
    /// How the file is written.
    pub file: SeriesFile,
    /// The numbers of the column, in the order of the file; empty where nothing is read.
    pub values: Vec<f64>,
    /// What names each of them: the same row's text in the first other column; empty where there is none.
    pub labels: Vec<String>,
}

impl SeriesProblem {
    pub(crate) fn error(code: &'static str, message: String) -> Self {
        SeriesProblem { code, severity: "error", line: None, message }
    }

    pub(crate) fn row(code: &'static str, line: u64, fact: &str) -> Self {
        SeriesProblem { code, severity: "warning", line: Some(line), message: format!("line {line}: {fact}") }
    }
}

impl SeriesTable {
    /// Reads the column of this name, or, if none is named or there is none of that name, the first that has numbers and does not
    /// merely count. Whatever is wrong is told as data.
    ///
    /// ```
    /// use gru_playground_series::SeriesTable;
    ///
    /// let table = SeriesTable::read(b"day;price\n1;2,5\n2;n/a\n3;2,75\n", None);
    /// assert_eq!(table.values, [2.5, 2.75]);
    /// assert_eq!(table.labels, ["1", "3"]);
    /// assert_eq!(table.file.problems[0].message, "line 3: \"n/a\" is no number");
    /// ```
    pub fn read(bytes: &[u8], column: Option<&str>) -> Self {
        read::table(bytes, column).unwrap_or_else(|problem| SeriesTable {
            file: SeriesFile {
                columns: Vec::new(),
                column: 0,
                delimiter: ',',
                decimal_comma: false,
                header: false,
                rows: 0,
                bad_rows: 0,
                problems: vec![problem],
            },
            values: Vec::new(),
            labels: Vec::new(),
        })
    }

    /// Why a file of so many bytes is not read, before it is; none where it is.
    pub fn refuse(bytes: u64) -> Option<SeriesProblem> {
        let refusal = || {
            let most = MOST_BYTES / 1_000_000;
            let message =
                format!("the file has {} MB: at most {most} MB are read here", bytes.div_ceil(1_000_000));
            SeriesProblem::error("too-large", message)
        };
        (bytes > MOST_BYTES).then(refusal)
    }
}
