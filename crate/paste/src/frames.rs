//! The frames of a traceback, as Python, `IPython` in all its versions, pytest and rich print them.

/// One frame: where it is, and the line that ran.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TracebackFrame {
    /// A file or a cell.
    pub(crate) path: String,
    /// The line in the pasted text that has its code.
    pub(crate) at: usize,
    /// The statement, without a comment.
    pub(crate) code: String,
    /// Whether it is the learner's own, no library's.
    pub(crate) is_own: bool,
}

const LIBRARY: [&str; 16] = [
    "site-packages",
    "dist-packages",
    "/torch/",
    "\\torch\\",
    "/lib/python",
    "\\lib\\",
    "<frozen",
    "<__array_function__",
    "importlib",
    "/keras/",
    "/tensorflow/",
    "/pandas/",
    "/sklearn/",
    "multiprocessing",
    "<string>",
    "concurrent/futures",
];

/// What is no `PyTorch`: its errors are not known here.
const FOREIGN: [&str; 14] = [
    "pandas",
    "keras",
    "tensorflow",
    "sklearn",
    "matplotlib",
    "transformers",
    "scipy",
    "requests",
    "jax",
    "xgboost",
    "seaborn",
    "PIL",
    "nltk",
    "streamlit",
];

impl TracebackFrame {
    /// Whether it lies in a library that is not `PyTorch`.
    pub(crate) fn is_foreign(&self) -> bool {
        let parts = self.path.split(['/', '\\']);
        let inner = parts.skip_while(|part| !part.ends_with("-packages")).skip(1);
        inner.clone().take(1).any(|package| FOREIGN.contains(&package))
    }
}

/// Every frame with its code, in the order printed; and the lines of code that a notebook shows around them.
pub(crate) fn frames(lines: &[&str]) -> (Vec<TracebackFrame>, Vec<String>) {
    let mut frames = Vec::new();
    let mut context = Vec::new();
    let mut path: Option<String> = None;
    let mut awaits_code = false;
    for (at, line) in lines.iter().enumerate() {
        if line.len() > 2000 {
            continue;
        }
        let line = inner(line);
        if let Some(header) = header(line) {
            awaits_code = header.1;
            path = Some(header.0);
        } else if let Some((code, is_marked)) = numbered(line) {
            if path.is_some() {
                if is_marked && !code.is_empty() {
                    frames.push(frame(path.as_deref().unwrap_or_default(), at, code));
                }
                if path.as_deref().is_some_and(is_own) {
                    context.push(code.to_owned());
                }
            }
        } else if awaits_code {
            let code = line.trim();
            if !code.is_empty() && !code.bytes().all(|byte| b"^~ ".contains(&byte)) {
                frames.push(frame(path.as_deref().unwrap_or_default(), at, code));
            }
            awaits_code = false;
        } else if let Some(code) = line.strip_prefix("> ").filter(|code| code.starts_with("    ")) {
            // pytest marks the line that ran.
            frames.push(frame("test.py", at, code));
        }
    }
    (frames, context)
}

fn frame(path: &str, at: usize, code: &str) -> TracebackFrame {
    let code = crate::python::without_comment(code.trim()).trim().to_owned();
    TracebackFrame { path: path.to_owned(), at, code, is_own: is_own(path) }
}

pub(crate) fn is_own(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    !LIBRARY.iter().any(|part| path.contains(part))
}

/// A line without what a launcher, a log or rich puts around it.
fn inner(line: &str) -> &str {
    let mut line = line;
    for prefix in ["[rank", "[default", "[worker"] {
        if let Some((_, rest)) = line.strip_prefix(prefix).and_then(|rest| rest.split_once("]:")) {
            line = rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
    if let Some(rest) = line.trim_start().strip_prefix('\u{2502}') {
        line = rest.trim_end().strip_suffix('\u{2502}').unwrap_or(rest);
    }
    // A quoted mail.
    line.strip_prefix("> ")
        .filter(|rest| !rest.starts_with("    ") || rest.trim_start().starts_with("File "))
        .unwrap_or(line)
}

/// The file or cell that a frame begins with, and whether its code is the next line.
fn header(line: &str) -> Option<(String, bool)> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("File \"") {
        return rest.split_once("\", line ").map(|(path, _)| (path.to_owned(), true));
    }
    let is_cell =
        line.starts_with("Cell In") || line.starts_with("Input In") || line.starts_with("<ipython-input-");
    if is_cell && (line.contains("line") || line.contains(" in ") || line.ends_with(']')) {
        return Some(("cell".to_owned(), false));
    }
    if let Some(rest) = line.strip_prefix("File ") {
        let path = rest.split(" in ").next().unwrap_or(rest);
        return (path.contains(".py") || path.contains(':')).then(|| (path.to_owned(), false));
    }
    // `/usr/lib/.../rnn.py in forward(self, input, hx)`, and rich's `/home/me/train.py:12 in <module>`.
    let (path, _) = line.split_once(" in ")?;
    let path_alone = path.split_once(".py").map(|(before, _)| before)?;
    (!path_alone.contains(' ') && path_alone.contains(['/', '\\', '~'])).then(|| (path.to_owned(), false))
}

/// `----> 3 out = gru(x)`, `      2 x = 1`, rich's `❱ 12 │ out`: the code, and whether it is marked.
pub(crate) fn numbered(line: &str) -> Option<(&str, bool)> {
    let line = line.trim_start();
    let arrow = line.trim_start_matches('-');
    let dashes = line.len() - arrow.len();
    let (rest, is_marked) = match arrow.strip_prefix('>') {
        Some(rest) if dashes > 0 => (rest, true),
        _ => match line.strip_prefix('\u{2771}') {
            Some(rest) => (rest, true),
            None if dashes == 0 => (line, false),
            None => return None,
        },
    };
    let rest = rest.trim_start();
    let digits = rest.bytes().take(8).take_while(u8::is_ascii_digit).count();
    let code = &rest[digits..];
    if digits == 0 || !(code.is_empty() || code.starts_with(' ')) {
        return None;
    }
    Some((code.trim_start_matches([' ', '\u{2502}']).trim_end(), is_marked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, bool)> {
        let lines: Vec<&str> = text.lines().collect();
        frames(&lines).0.into_iter().map(|frame| (frame.code, frame.is_own)).collect()
    }

    #[test]
    fn frames_of_python_and_of_notebooks_are_read() {
        let python = "  File \"/home/me/a.py\", line 3, in <module>\n    y = f(x)  # go\n        ^^^^\n  File \"/x/site-packages/torch/nn/functional.py\", line 1, in f\n    return g(x)\n";
        assert_eq!(codes(python), [("y = f(x)".to_owned(), true), ("return g(x)".to_owned(), false)]);
        let cell = "Cell In[9], line 3\n      1 x = 4\n----> 3 out = gru(x)\nFile ~/env/lib/python3.11/site-packages/torch/nn/modules/rnn.py:1100, in GRU.forward(self, input, hx)\n-> 1100 self.check()\n";
        assert_eq!(codes(cell), [("out = gru(x)".to_owned(), true), ("self.check()".to_owned(), false)]);
        let old = "<ipython-input-5-abc> in <module>\n----> 2 net(x)\n/usr/local/lib/python3.7/dist-packages/torch/nn/modules/module.py in _call_impl(self)\n--> 889 result = f()\n";
        assert_eq!(codes(old), [("net(x)".to_owned(), true), ("result = f()".to_owned(), false)]);
    }
}
