//! The script of a whole forecast.

use call::py::{CodeLine, highlight};
use num::float::plain;
use serde::{Deserialize, Serialize};

use crate::data::{MOST_JUDGED, SeriesParts, stride};
use crate::lesson::{MOST_STARTS, VALIDATE_EVERY};
use crate::text::harmless;
use crate::{SeriesFile, SeriesSetup};

/// Where a series comes from, as the script reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesSource {
    /// The file's name.
    pub file: String,
    /// The column's name.
    pub name: String,
    /// Its place.
    pub column: u64,
    /// What stands between values.
    pub delimiter: char,
    /// Whether numbers have a comma where Python has a point.
    pub decimal_comma: bool,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Whether rows without a number are left out.
    pub bad_rows: bool,
}

impl SeriesSource {
    /// The column that was read of a file of this name.
    pub fn of(file: &str, read: &SeriesFile) -> Self {
        SeriesSource {
            file: file.to_owned(),
            name: read
                .columns
                .get(read.column as usize)
                .map_or_else(String::new, |column| column.name.clone()),
            column: read.column,
            delimiter: read.delimiter,
            decimal_comma: read.decimal_comma,
            header: read.header,
            bad_rows: read.bad_rows > 0,
        }
    }
}

/// The script that does in `PyTorch` what [`SeriesLesson`](crate::SeriesLesson) does here with so many values: read, split, train,
/// forecast, judge.
pub fn series_script(setup: &SeriesSetup, source: &SeriesSource, values: usize) -> Vec<CodeLine> {
    let parts = SeriesParts::of(values, setup);
    let mut lines = reading(source);
    lines.extend(splitting(setup, &parts));
    lines.extend(training(setup));
    lines.extend(judging(setup, &parts));
    lines.iter().map(|line| highlight(line)).collect()
}

fn reading(source: &SeriesSource) -> Vec<String> {
    let SeriesSource { file, name, column, delimiter, decimal_comma, header, bad_rows } = source;
    let (file, name) = (harmless(file), harmless(name));
    let text = if *decimal_comma { "text.replace(\",\", \".\")" } else { "text" };
    let mut lines: Vec<String> =
        ["import csv", "", "import torch", "import torch.nn as nn", "", ""].map(str::to_owned).to_vec();
    lines.push("def number(text):".to_owned());
    if *bad_rows {
        lines.extend([
            "    try:".to_owned(),
            format!("        return float({text})"),
            "    except ValueError:".to_owned(),
            "        return float(\"nan\")".to_owned(),
        ]);
    } else {
        lines.push(format!("    return float({text})"));
    }
    let delimiter = match delimiter {
        ',' => String::new(),
        '\t' => ", delimiter=\"\\t\"".to_owned(),
        other => format!(", delimiter=\"{other}\""),
    };
    lines.extend([
        String::new(),
        String::new(),
        format!("with open(\"{file}\", newline=\"\", encoding=\"utf-8-sig\") as file:"),
        format!("    rows = list(csv.reader((line for line in file if line[0] != \"#\"){delimiter}))"),
    ]);
    let from = if *header { "rows[1:]" } else { "rows" };
    let keep = if *bad_rows { format!("len(row) > {column}") } else { "row".to_owned() };
    lines.push(format!("series = torch.tensor([number(row[{column}]) for row in {from} if {keep}], dtype=torch.float64)  # {name}"));
    if *bad_rows {
        lines.push("series = series[series.isfinite()]  # rows without a number are left out".to_owned());
    }
    lines
}

fn splitting(setup: &SeriesSetup, parts: &SeriesParts) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("torch.manual_seed({})", setup.seed),
        format!(
            "seq_len, hidden_size, batch, horizon = {}, {}, {}, {}",
            setup.seq_len, setup.hidden_size, setup.batch, setup.horizon
        ),
        String::new(),
    ];
    if setup.difference {
        lines.extend([
            "values = series.diff()  # what is learned: the change from one value to the next".to_owned(),
            "series = series[1:]".to_owned(),
        ]);
    } else {
        lines.push("values = series".to_owned());
    }
    let every = |count: u64| match stride(count as usize, MOST_JUDGED) {
        1 => String::new(),
        stride => format!(":{stride}"),
    };
    let (validation, test) = (every(parts.test - parts.train), every(parts.count - parts.test));
    lines.extend([
        "train, test = len(values) * 7 // 10, len(values) * 17 // 20  # in time: what is later is never trained on".to_owned(),
        "mean, std = values[:train].mean(), values[:train].std()  # of the training part alone".to_owned(),
        "scaled = ((values - mean) / std).float()".to_owned(),
        String::new(),
        "windows = scaled.unfold(0, seq_len + 1, 1)  # (len(values) - seq_len, seq_len + 1)".to_owned(),
        "x, y = windows[:, :-1].unsqueeze(2), windows[:, -1:]  # what is read, and the value after it".to_owned(),
        "x_train, y_train = x[:train - seq_len], y[:train - seq_len]".to_owned(),
        format!("x_val, y_val = x[train - seq_len:test - seq_len{validation}], y[train - seq_len:test - seq_len{validation}]"),
        format!("x_test, y_test = x[test - seq_len:{test}], y[test - seq_len:{test}]"),
    ]);
    lines
}

fn training(setup: &SeriesSetup) -> Vec<String> {
    let mut lines: Vec<String> = [
        "",
        "",
        "class Model(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        "        self.gru = nn.GRU(1, hidden_size, batch_first=True)",
        "        self.fc = nn.Linear(hidden_size, 1)",
        "",
        "    def forward(self, x):",
        "        out, h_n = self.gru(x)  # out: (n, seq_len, hidden_size)",
        "        return self.fc(out[:, -1])  # the last step: (n, 1)",
        "",
        "",
        "model = Model()",
        "criterion = nn.MSELoss()",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.extend([
        format!("optimizer = torch.optim.Adam(model.parameters(), lr={})", plain(setup.lr)),
        String::new(),
        "losses, validation = [], []".to_owned(),
        format!("for step in range({}):", setup.steps),
    ]);
    lines.extend(
        [
            "    pick = torch.randint(0, len(x_train), (batch,))  # windows of the training part",
            "    loss = criterion(model(x_train[pick]), y_train[pick])",
            "    optimizer.zero_grad()",
            "    loss.backward()",
            "    optimizer.step()",
            "    losses.append(loss.item())",
        ]
        .map(str::to_owned),
    );
    lines.push(format!("    if (step + 1) % {VALIDATE_EVERY} == 0:"));
    lines.extend(
        [
            "        with torch.no_grad():",
            "            validation.append(criterion(model(x_val), y_val).item())",
            "        print(f\"step {step + 1}: loss {losses[-1]:.4f}, validation {validation[-1]:.4f}\")",
        ]
        .map(str::to_owned),
    );
    lines
}

fn judging(setup: &SeriesSetup, parts: &SeriesParts) -> Vec<String> {
    let levels = if setup.difference {
        "series[starts - 1].unsqueeze(1) + (told.double() * std + mean).cumsum(1)"
    } else {
        "told.double() * std + mean"
    };
    let count = (parts.count + 1).saturating_sub(parts.test + setup.horizon) as usize;
    let every = match stride(count, MOST_STARTS) {
        1 => String::new(),
        stride => format!(", {stride}"),
    };
    let mut lines: Vec<String> = [
        "",
        "",
        "def forecast(starts):  # each value that is told is read as if it had been seen",
        "    window, told = scaled.unfold(0, seq_len, 1)[starts - seq_len].unsqueeze(2), []",
        "    for _ in range(horizon):",
        "        told.append(model(window))",
        "        window = torch.cat([window[:, 1:], told[-1].unsqueeze(2)], dim=1)",
        "    told = torch.cat(told, dim=1)  # (n, horizon)",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.extend([
        format!("    return {levels}"),
        String::new(),
        String::new(),
        format!("starts = torch.arange(test, len(series) - horizon + 1{every})  # in the test part"),
    ]);
    lines.extend(
        [
            "truth = series[starts.unsqueeze(1) + torch.arange(horizon)]",
            "with torch.no_grad():",
            "    next_error = ((model(x_test) - y_test).double() * std).square().mean().sqrt().item()",
            "    told = forecast(starts)",
            "    error = (told - truth).square().mean().sqrt().item()",
            "print(f\"next value: off by {next_error:.3f}; {horizon} ahead: off by {error:.3f}\")",
            "",
            "with torch.no_grad():",
            "    beyond = forecast(torch.tensor([len(series)]))[0]  # after the last value: untested",
            "print(\"beyond the data:\", [round(value, 3) for value in beyond.tolist()])",
        ]
        .map(str::to_owned),
    );
    lines
}
