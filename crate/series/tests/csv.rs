//! Files of a learner's: how they are written is recognised, what is wrong is told by line, and nothing is read that is not there.

use gru_playground_series::{MOST_ROWS, SeriesTable};

fn read(text: &str) -> SeriesTable {
    SeriesTable::read(text.as_bytes(), None)
}

fn messages(table: &SeriesTable) -> Vec<&str> {
    table.file.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[test]
fn separators_and_decimal_commas_are_recognised() {
    for (text, delimiter, decimal_comma) in [
        ("day,price\na,1.5\nb,2.5\n", ',', false),
        ("day;price\na;1,5\nb;2,5\n", ';', true),
        ("day;price\na;1.5\nb;2.5\n", ';', false),
        ("day\tprice\na\t1,5\nb\t2,5\n", '\t', true),
        ("day|price\na|1.5\nb|2.5\n", '|', false),
        ("day;note;price\n2024-01-01;1,2,3;1,5\n2024-01-02;a, b;2,5\n", ';', true),
    ] {
        let table = read(text);
        assert_eq!((table.file.delimiter, table.file.decimal_comma), (delimiter, decimal_comma), "{text:?}");
        assert_eq!(table.values, [1.5, 2.5], "{text:?}");
        assert!(table.file.header && table.file.problems.is_empty(), "{text:?}");
    }
}

#[test]
fn a_mark_of_utf_8_other_line_ends_quotes_and_comments_change_nothing() {
    let expected = read("day,price\na,1.5\nb,2.5\n");
    for text in [
        "\u{feff}day,price\na,1.5\nb,2.5\n",
        "day,price\r\na,1.5\r\nb,2.5\r\n",
        "day,price\ra,1.5\rb,2.5",
        "# a comment, with commas\n\nday,price\n\n\"a\",\"1.5\"\n# another\nb, 2.5 \n",
        "\"day\",\"price\"\n\"a\",1.5\n\"b\",2.5",
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
    assert_eq!(expected.labels, ["a", "b"]);
}

#[test]
fn a_quoted_value_may_have_separators_quotes_and_line_ends_in_it() {
    let table = read("note,price\n\"a, \"\"b\"\"\nc\",1.5\nd,x\ne,2.5\n");
    assert_eq!(table.values, [1.5, 2.5]);
    assert_eq!(table.labels, ["a, \"b\"?c", "e"]);
    assert_eq!(messages(&table), ["line 4: \"x\" is no number"]);
}

#[test]
fn rows_without_a_number_are_told_by_line_the_first_five_and_their_count() {
    let mut text = "# head\n\nday,price\n".to_owned();
    for row in 0..20 {
        let value = if row % 2 == 0 { "n/a".to_owned() } else { row.to_string() };
        text.extend([row.to_string(), ",".to_owned(), value, "\n".to_owned()]);
    }
    let table = SeriesTable::read(text.as_bytes(), Some("price"));
    assert_eq!((table.file.rows, table.file.bad_rows, table.values.len()), (20, 10, 10));
    let lines = [4, 6, 8, 10, 12].map(|line| format!("line {line}: \"n/a\" is no number"));
    assert_eq!(messages(&table), lines);
    assert!(table.file.problems.iter().all(|problem| problem.severity == "warning"));
}

#[test]
fn every_kind_of_bad_row_has_its_own_words() {
    let table = SeriesTable::read(b"a,b\n1,2\n3\n4,\n5,inf\n6,1_0\n7,1__0\n8,\xff\n9,3\n", Some("b"));
    assert_eq!(table.values, [2.0, 10.0, 3.0]);
    assert_eq!(
        messages(&table),
        [
            "line 3: there is no value number 2, but 1 alone",
            "line 4: the value is empty",
            "line 5: \"inf\" is no number",
            "line 7: \"1__0\" is no number",
            "line 8: \"\u{fffd}\" is no number",
        ]
    );
    let table = read("a,b\nx,1\ny,2\n\"z,3\nu,4\n");
    assert_eq!((table.values.len(), table.file.problems[0].code), (2, "open-quote"));
    assert_eq!(table.file.problems[0].line, Some(4));
}

#[test]
fn a_long_value_is_cut_and_what_is_not_seen_is_shown() {
    let table = read(&format!("a,b\nx,1\ny,{}\nz,\u{202e}\u{7}<b>\n", "long ".repeat(100)));
    assert_eq!(table.values, [1.0]);
    assert!(table.file.problems[0].message.chars().count() < 60);
    assert_eq!(table.file.problems[1].message, "line 4: \"??<b>\" is no number");
}

#[test]
fn the_column_is_the_named_one_or_the_first_that_does_not_count() {
    let text = "year,rain,sun\n1990,5,7\n1991,6,9\n1992,4,8\n";
    let of = |column| SeriesTable::read(text.as_bytes(), column);
    assert_eq!(of(None).file.column, 1);
    assert_eq!(of(Some("sun")).values, [7.0, 9.0, 8.0]);
    assert_eq!(of(Some("no such")).file.column, 1);
    assert_eq!(of(Some("year")).labels, ["5", "6", "4"]);
    // Where every column counts, the first.
    assert_eq!(read("a,b\n1,5\n2,6\n3,7\n").file.column, 0);
}

#[test]
fn without_a_header_columns_are_counted_and_one_column_will_do() {
    let table = read("3.5\n2\n8\n");
    assert_eq!((table.file.header, table.values.as_slice()), (false, &[3.5, 2.0, 8.0][..]));
    assert_eq!((table.file.columns[0].name.as_str(), table.labels.len()), ("column 1", 0));
    let table = read("x,x\n1,9\n5,7\n");
    assert_eq!(table.file.columns[1].name, "x (column 2)");
}

#[test]
fn what_cannot_be_a_series_is_refused_in_words() {
    let code = |bytes: &[u8]| {
        let table = SeriesTable::read(bytes, None);
        assert!(table.values.is_empty());
        assert_eq!(table.file.problems[0].severity, "error");
        table.file.problems[0].code
    };
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b" \r\n\n"), "empty");
    assert_eq!(code(b"# only\n# comments\n"), "empty");
    assert_eq!(code(b"a,b\nx,y\n"), "no-numbers");
    assert_eq!(code(b"\xff\xfea\0,\0"), "utf-16");
    assert_eq!(code(b"PK\x03\x04rest"), "no-text");
    assert_eq!(code(b"a,b\n1,\0\n"), "no-text");
    assert_eq!(code(&[b','; 300]), "too-many-columns");
    assert_eq!(SeriesTable::refuse(20_000_000), None);
    assert_eq!(
        SeriesTable::refuse(20_000_001).expect("too large").message,
        "the file has 21 MB: at most 20 MB are read here"
    );
}

#[test]
fn a_hundred_thousand_rows_are_read_and_one_more_is_refused() {
    let text = "v\n".to_owned() + &"1.5\n2.5\n".repeat(MOST_ROWS as usize / 2);
    let table = read(&text);
    assert_eq!((table.file.rows, table.values.len() as u64), (MOST_ROWS, MOST_ROWS));
    let table = read(&(text + "3\n"));
    assert_eq!((table.file.problems[0].code, table.values.len()), ("too-many-rows", 0));
}

#[test]
fn no_bytes_make_it_panic() {
    // Pieces of files in every order of three, with and without an end.
    let pieces: [&[u8]; 12] =
        [b"\"", b",", b";", b"\n", b"\r", b"1", b"1,5", b"#", b"\xff", b"\xef\xbb\xbf", b"a", b"-_.e"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = [a, b, c, b"\n2;3\n", a, c].concat();
                let table = SeriesTable::read(&text, Some("a"));
                assert_eq!(table.file.rows, table.values.len() as u64 + table.file.bad_rows);
                assert!(table.labels.is_empty() || table.labels.len() == table.values.len());
            }
        }
    }
}
