//! The code in a pasted text.

/// The code of a text that can be run; none where it has none, or is not code alone.
pub(crate) fn program(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let blocks = fenced(&text);
    if !blocks.is_empty() {
        let programs: Vec<String> =
            blocks.iter().filter_map(|block| prompted(block).or_else(|| plain(block))).collect();
        return (!programs.is_empty()).then(|| programs.join("\n"));
    }
    prompted(&text).or_else(|| plain(&text))
}

/// The blocks between fences of three backticks or tildes.
fn fenced(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Vec<&str>)> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        match &mut open {
            None => {
                if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence)) {
                    open = Some((fence.to_owned(), Vec::new()));
                }
            }
            Some((fence, lines)) => {
                if trimmed.starts_with(fence.as_str()) {
                    blocks.push(lines.join("\n"));
                    open = None;
                } else {
                    lines.push(line);
                }
            }
        }
    }
    // A text may be cut off.
    blocks.extend(open.map(|(_, lines)| lines.join("\n")));
    blocks
}

/// What was typed at prompts (`>>> `, `In [1]: `), without what it printed.
fn prompted(text: &str) -> Option<String> {
    let mut lines: Vec<&str> = Vec::new();
    let mut is_cell = false;
    let mut prompts = 0;
    for line in text.lines() {
        let trimmed = line.trim_start();
        let cell =
            trimmed.strip_prefix("In [").and_then(|rest| rest.split_once("]:")).filter(|(number, _)| {
                number.chars().all(|letter| letter.is_ascii_digit() || letter == ' ' || letter == '*')
            });
        if let Some(code) = trimmed.strip_prefix(">>>") {
            prompts += 1;
            is_cell = false;
            lines.push(code.strip_prefix(' ').unwrap_or(code));
        } else if let Some((_, code)) = cell {
            prompts += 1;
            is_cell = true;
            lines.push(code.strip_prefix(' ').unwrap_or(code));
        } else if let Some(code) = trimmed.strip_prefix("...:").or_else(|| trimmed.strip_prefix("...")) {
            lines.push(code.strip_prefix(' ').unwrap_or(code));
        } else if trimmed.starts_with("Out[") || trimmed.is_empty() {
            is_cell = is_cell && trimmed.is_empty();
        } else if is_cell && line.starts_with("    ") {
            lines.push(line);
        }
    }
    (prompts > 0).then(|| without_magics(&lines.join("\n")))
}

/// A text that is code as it stands.
fn plain(text: &str) -> Option<String> {
    let is_report = text.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("Traceback (most recent") || line.starts_with("File \"") || line.starts_with("---->")
    });
    let program = without_magics(text);
    (!is_report && has_statement(&program) && python::parses(&program)).then_some(program)
}

/// Lines for a notebook's shell, which are no Python, become comments: the numbers of lines stay.
fn without_magics(text: &str) -> String {
    let line = |line: &str| {
        let is_magic = line.trim_start().starts_with(['%', '!']);
        if is_magic { format!("# {}\n", line.trim_start()) } else { format!("{line}\n") }
    };
    text.lines().map(line).collect()
}

/// Whether a text has a line that only code has: a shape, a name and a list of words may be read as Python too.
fn has_statement(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let begins =
            ["import ", "from ", "def ", "class ", "for ", "while ", "if ", "with ", "print(", "assert "];
        let is_assignment = line.split_once('=').is_some_and(|(target, value)| {
            !value.trim().is_empty()
                && !target.trim().is_empty()
                && target.chars().all(|letter| letter.is_alphanumeric() || "_., *()[]".contains(letter))
                && (!target.contains('(') || target.starts_with('('))
        });
        let is_call = line.ends_with(')')
            && line.split_once('(').is_some_and(|(callee, _)| {
                callee.contains('.')
                    && callee != "torch.Size"
                    && callee.chars().all(|letter| letter.is_alphanumeric() || "_.".contains(letter))
            });
        begins.iter().any(|word| line.starts_with(word)) || is_assignment || is_call
    })
}

#[cfg(test)]
mod tests {
    use super::program;

    #[test]
    fn fences_prompts_and_magics_are_taken_off() {
        for (text, code) in [
            ("Why?\n```python\nx = 1\nprint(x)\n```\nThanks", "x = 1\nprint(x)\n"),
            (">>> x = [1,\n...      2]\n>>> x\n[1, 2]\n", "x = [1,\n     2]\nx\n"),
            (
                "In [1]: import torch\n\nIn [2]: for i in range(2):\n   ...:     print(i)\n   ...:\n0\n1\n",
                "import torch\nfor i in range(2):\n    print(i)\n",
            ),
            ("%matplotlib inline\nimport torch\n", "# %matplotlib inline\nimport torch\n"),
            ("gru = nn.GRU(8, 16)\r\nout = gru(x)", "gru = nn.GRU(8, 16)\nout = gru(x)\n"),
        ] {
            assert_eq!(program(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_taken_for_it() {
        for text in [
            "(32, 10, 8)",
            "torch.Size([4, 10])",
            "GRU(8, 16, batch_first=True)",
            "hello world",
            "RuntimeError: Expected hidden size (2, 5, 16), got [1, 3, 16]",
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    x = 1\nNameError: name 'y' is not defined",
            "Net(\n  (gru): GRU(8, 16)\n)",
            "loss: nan",
            "",
        ] {
            assert_eq!(program(text), None, "{text}");
        }
    }
}
