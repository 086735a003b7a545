//! The rows of a file, one column of them as numbers.

use csv::ByteRecord;

use super::format::{CsvFormat, reader};
use super::lines::LineCount;
use super::number::parse_number;
use super::{MOST_COLUMNS, MOST_ROWS, MOST_TOLD, SeriesColumn, SeriesFile, SeriesProblem, SeriesTable};
use crate::text::shown;

/// So many rows decide whether a column merely counts.
const COUNTED: usize = 50;

/// So much of a name or a value is shown.
const NAME: usize = 60;
const VALUE: usize = 30;

pub(super) fn table(bytes: &[u8], column: Option<&str>) -> Result<SeriesTable, SeriesProblem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    check_text(bytes)?;
    let format = CsvFormat::of(bytes);
    let columns = columns(bytes, format)?;
    let named = column.and_then(|name| columns.iter().position(|column| column.name == name));
    let place = named.or_else(|| usual(bytes, format, &columns)).unwrap_or(0);
    let (values, labels, bad) = values(bytes, format, place);
    let mut file = SeriesFile {
        columns: columns
            .into_iter()
            .map(|CountedColumn { name, numbers, .. }| SeriesColumn { name, numbers })
            .collect(),
        column: place as u64,
        delimiter: char::from(format.delimiter),
        decimal_comma: format.decimal_comma,
        header: format.header,
        rows: values.len() as u64 + bad.count,
        bad_rows: bad.count,
        problems: bad.told,
    };
    if values.is_empty() {
        let name = file.columns.get(place).map_or(String::new(), |column| column.name.clone());
        let message = format!("no row has a number in the column {}", shown(&name, NAME));
        file.problems.insert(0, SeriesProblem::error("no-numbers", message));
    }
    Ok(SeriesTable { file, values, labels })
}

/// What is no text at all.
fn check_text(bytes: &[u8]) -> Result<(), SeriesProblem> {
    let error = |code, message: &str| Err(SeriesProblem::error(code, message.to_owned()));
    if let Some(refusal) = SeriesTable::refuse(bytes.len() as u64) {
        return Err(refusal);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return error("utf-16", "the text is UTF-16: save it as CSV UTF-8");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return error("no-text", "this is a spreadsheet or an archive, not a text: save it as CSV");
    }
    if bytes.contains(&0) {
        return error("no-text", "this is no text: it has bytes that are zero");
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return error("empty", "there is nothing in it");
    }
    Ok(())
}

/// A column while it is counted.
struct CountedColumn {
    name: String,
    numbers: u64,
}

/// Every column, and a refusal of more than is read.
fn columns(bytes: &[u8], format: CsvFormat) -> Result<Vec<CountedColumn>, SeriesProblem> {
    let mut found: Vec<CountedColumn> = Vec::new();
    let mut rows = 0;
    for (index, record) in reader(bytes, format.delimiter).byte_records().enumerate() {
        let record = record.map_err(|error| SeriesProblem::error("unreadable", error.to_string()))?;
        if record.len() > MOST_COLUMNS {
            let message = format!("a row has {} values: at most {MOST_COLUMNS} are read here", record.len());
            return Err(SeriesProblem::error("too-many-columns", message));
        }
        let named = index == 0 && format.header;
        while found.len() < record.len() {
            let name = record.get(found.len()).map(|name| text(name).trim().to_owned());
            let name = name.filter(|name| named && !name.is_empty());
            let name = name.unwrap_or_else(|| format!("column {}", found.len() + 1));
            found.push(CountedColumn { name: shown(&name, NAME), numbers: 0 });
        }
        if named {
            continue;
        }
        rows += 1;
        if rows > MOST_ROWS {
            let message = format!(
                "there are more than {MOST_ROWS} rows: keep a part of them, or every tenth, or their means"
            );
            return Err(SeriesProblem::error("too-many-rows", message));
        }
        for (column, value) in found.iter_mut().zip(&record) {
            column.numbers += u64::from(parse_number(&text(value), format.decimal_comma).is_some());
        }
    }
    if found.is_empty() {
        return Err(SeriesProblem::error("empty", "there is nothing in it but comments".to_owned()));
    }
    // Two columns of one name are told apart.
    for place in 1..found.len() {
        if found[..place].iter().any(|before| before.name == found[place].name) {
            found[place].name = format!("{} (column {})", found[place].name, place + 1);
        }
    }
    Ok(found)
}

/// The first column that has numbers in most of the rows that have any, and does not merely count.
fn usual(bytes: &[u8], format: CsvFormat, columns: &[CountedColumn]) -> Option<usize> {
    let most = columns.iter().map(|column| column.numbers).max()?;
    let full = |place: &usize| columns[*place].numbers > 0 && 2 * columns[*place].numbers >= most;
    let mut places = (0..columns.len()).filter(full);
    let first = places.clone().next();
    places
        .find(|&place| {
            let rows = reader(bytes, format.delimiter).into_byte_records().map_while(Result::ok);
            let values: Vec<f64> = rows
                .filter_map(|row| parse_number(&text(row.get(place)?), format.decimal_comma))
                .take(COUNTED)
                .collect();
            let counts = values.len() > 2
                && values.windows(2).all(|pair| (pair[1] - pair[0]).to_bits() == 1.0_f64.to_bits());
            !counts
        })
        .or(first)
}

/// What is left out.
#[derive(Default)]
struct Bad {
    count: u64,
    told: Vec<SeriesProblem>,
}

impl Bad {
    fn tell(&mut self, problem: SeriesProblem) {
        self.count += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(problem);
        }
    }
}

/// The numbers of a column and their labels.
fn values(bytes: &[u8], format: CsvFormat, place: usize) -> (Vec<f64>, Vec<String>, Bad) {
    let (mut values, mut labels, mut bad) = (Vec::new(), Vec::new(), Bad::default());
    let label_place = usize::from(place == 0);
    let mut lines = LineCount::new(bytes);
    let mut reader = reader(bytes, format.delimiter);
    let mut record = ByteRecord::new();
    let mut index = 0;
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        index += 1;
        if index == 1 && format.header {
            continue;
        }
        let from = record.position().map_or(0, |position| position.byte() as usize);
        let line = lines.of_record(from);
        let open = reader.position().byte() as usize >= bytes.len() && lines.is_open(bytes.len());
        match record.get(place).map(text) {
            _ if open => bad.tell(SeriesProblem::row(
                "open-quote",
                line,
                "a quote is opened and never closed, so that nothing after it is read",
            )),
            None => bad.tell(SeriesProblem::row(
                "short-row",
                line,
                &format!("there is no value number {}, but {} alone", place + 1, record.len()),
            )),
            Some(value) => match parse_number(&value, format.decimal_comma) {
                Some(number) => {
                    values.push(number);
                    labels.extend(record.get(label_place).map(|label| shown(text(label).trim(), VALUE)));
                }
                None if value.trim().is_empty() => {
                    bad.tell(SeriesProblem::row("empty-value", line, "the value is empty"));
                }
                None => bad.tell(SeriesProblem::row(
                    "no-number",
                    line,
                    &format!("\"{}\" is no number", shown(&value, VALUE)),
                )),
            },
        }
    }
    if labels.len() != values.len() {
        labels.clear();
    }
    (values, labels, bad)
}

/// A value's text; what is no UTF-8 is shown as such.
fn text(value: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(value)
}
