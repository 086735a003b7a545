//! Calls within a line of Python, found by their brackets.

use crate::text::clipped;

/// A line beyond this length is no statement of a learner.
const LONGEST: usize = 2000;

/// A call, and the statement that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Site {
    /// The statement.
    pub(crate) statement: String,
    start: usize,
    end: usize,
    /// What is called: `self.gru`, `head(out)[0].numpy`.
    pub(crate) callee: String,
    /// The arguments as written.
    pub(crate) args: Vec<String>,
}

impl Site {
    /// What stands before the last dot of the callee; empty for a plain function.
    pub(crate) fn receiver(&self) -> &str {
        self.callee.rsplit_once('.').map_or("", |(receiver, _)| receiver)
    }

    /// The name that is called, without what stands before its last dot.
    pub(crate) fn name(&self) -> &str {
        self.callee.rsplit('.').next().unwrap_or_default()
    }

    /// The statement with another expression in place of the call.
    pub(crate) fn with(&self, call: &str) -> String {
        format!("{}{call}{}", &self.statement[..self.start], &self.statement[self.end..])
    }

    /// The statement with other arguments.
    pub(crate) fn with_args(&self, args: &[String]) -> String {
        self.with(&format!("{}({})", self.callee, args.join(", ")))
    }

    /// The statement with one argument replaced.
    pub(crate) fn with_arg(&self, index: usize, arg: &str) -> String {
        let mut args = self.args.clone();
        if let Some(old) = args.get_mut(index) {
            arg.clone_into(old);
        } else {
            args.push(arg.to_owned());
        }
        self.with_args(&args)
    }

    /// The statement with `name=value` among the arguments, in place of what was given by that name.
    pub(crate) fn with_keyword(&self, name: &str, value: &str) -> String {
        let mut args: Vec<String> =
            self.args.iter().filter(|arg| keyword(arg).is_none_or(|(key, _)| key != name)).cloned().collect();
        args.push(format!("{name}={value}"));
        self.with_args(&args)
    }

    /// The positional argument at this place.
    pub(crate) fn arg(&self, index: usize) -> Option<&str> {
        self.args.get(index).map(String::as_str).filter(|arg| keyword(arg).is_none() && !arg.is_empty())
    }

    /// The argument of this name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .filter_map(|arg| keyword(arg))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// What the statement assigns to, as written.
    pub(crate) fn targets(&self) -> Option<&str> {
        let before = self.statement[..self.start].trim_end().strip_suffix('=')?.trim();
        (!before.is_empty() && !before.ends_with(['=', '!', '<', '>', '+', '-', '*', '/'])).then_some(before)
    }
}

/// The name and value of `name=value`.
pub(crate) fn keyword(arg: &str) -> Option<(&str, &str)> {
    let (name, value) = arg.split_once('=')?;
    let name = name.trim();
    (is_name(name) && !value.starts_with('=')).then(|| (name, value.trim()))
}

/// Whether a text is one Python name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !text.as_bytes()[0].is_ascii_digit()
}

/// Whether a text is names with dots between: something that can be assigned to.
pub(crate) fn is_dotted(text: &str) -> bool {
    text.split('.').all(is_name)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The last call of one of these names in a line. `whole` lines are statements; of others the statement is cut out.
pub(crate) fn site(line: &str, names: &[&str], whole: bool) -> Option<Site> {
    if line.len() > LONGEST {
        return None;
    }
    names.iter().find_map(|name| {
        let mut places = line.rmatch_indices(name);
        places.find_map(|(at, _)| {
            let begins = at == 0 || !is_of_name(line.as_bytes()[at - 1]);
            let open = at + name.len();
            (begins && line[open..].starts_with('(')).then(|| site_at(line, at, open, whole)).flatten()
        })
    })
}

/// The first call after `=`, `return` or at the beginning: what the line is about.
pub(crate) fn first_site(line: &str) -> Option<Site> {
    if line.len() > LONGEST {
        return None;
    }
    line.match_indices('(').find_map(|(open, _)| {
        let name = line[..open].bytes().rev().take_while(|byte| is_of_name(*byte)).count();
        let word = &line[open - name..open];
        let is_callee =
            name > 0 && !["in", "and", "or", "not", "if", "return", "print", "for"].contains(&word);
        is_callee.then(|| site_at(line, open - name, open, true)).flatten()
    })
}

fn site_at(line: &str, name: usize, open: usize, whole: bool) -> Option<Site> {
    let close = closing(line, open)?;
    let start = beginning(line, name);
    let args = arguments(&line[open + 1..close]);
    let callee = line[start..open].to_owned();
    let (from, until) = if whole { (0, line.len()) } else { (target(line, start), close + 1) };
    Some(Site {
        statement: line[from..until].to_owned(),
        start: start - from,
        end: close + 1 - from,
        callee,
        args,
    })
}

/// Where the bracket that opens here closes.
fn closing(line: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate().skip(open) {
        if let Some(end) = quote {
            if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if byte == end {
                quote = None;
            }
            continue;
        }
        match byte {
            b'\'' | b'"' => quote = Some(byte),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the expression that ends before this offset begins: names, dots, calls and indices.
fn beginning(line: &str, end: usize) -> usize {
    let bytes = line.as_bytes();
    let mut at = end;
    while at > 0 {
        match bytes[at - 1] {
            byte if is_of_name(byte) || byte == b'.' => at -= 1,
            b')' | b']' if at == end || bytes.get(at).is_some_and(|next| b".[(".contains(next)) => {
                let Some(open) = opening(bytes, at - 1) else { break };
                at = open;
            }
            _ => break,
        }
    }
    // A keyword is no part of it, and a name begins with no digit.
    at
}

/// Where the bracket that closes here opens.
fn opening(bytes: &[u8], close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in (0..=close).rev() {
        match bytes[at] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the names that an expression is assigned to begin, in a line with other words before.
fn target(line: &str, start: usize) -> usize {
    let Some(before) = line[..start].trim_end().strip_suffix('=') else { return start };
    let before = before.trim_end();
    let mut from = before.len();
    loop {
        let name = before[..from].bytes().rev().take_while(|byte| is_of_name(*byte) || *byte == b'.').count();
        if name == 0 {
            return if from == before.len() { start } else { from };
        }
        from -= name;
        match before[..from].trim_end().strip_suffix(',') {
            Some(earlier) => from = earlier.trim_end().len(),
            None => return from,
        }
    }
}

/// Arguments separated at their commas.
pub(crate) fn arguments(text: &str) -> Vec<String> {
    let mut args = Vec::new();
    let (mut depth, mut from, mut quote) = (0_i32, 0, None::<u8>);
    for (at, byte) in text.bytes().enumerate() {
        if let Some(end) = quote {
            quote = (byte != end).then_some(end);
            continue;
        }
        match byte {
            b'\'' | b'"' => quote = Some(byte),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                args.push(text[from..at].trim().to_owned());
                from = at + 1;
            }
            _ => {}
        }
    }
    let last = text[from..].trim();
    if !last.is_empty() {
        args.push(last.to_owned());
    }
    args
}

/// A statement without a comment after it.
pub(crate) fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (at, byte) in line.bytes().enumerate() {
        match (quote, byte) {
            (Some(end), byte) if byte == end => quote = None,
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'#') => return line[..at].trim_end(),
            _ => {}
        }
    }
    line.trim_end()
}

/// A quoted line of the text, short enough for a sentence.
pub(crate) fn quoted(line: &str) -> &str {
    clipped(line.trim(), 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_found_with_its_callee_and_arguments() {
        let call = site("curve = head(out)[0, :, 0].numpy()", &["numpy"], true).expect("a call");
        assert_eq!((call.receiver(), call.name()), ("head(out)[0, :, 0]", "numpy"));
        assert_eq!(call.with("z"), "curve = z");
        assert_eq!(call.targets(), Some("curve"));
        let call = site("p = pack(x, f(a, b), first=True)", &["pack"], true).expect("a call");
        assert_eq!(call.args, ["x", "f(a, b)", "first=True"]);
        assert_eq!(call.with_keyword("first", "False"), "p = pack(x, f(a, b), first=False)");
        assert_eq!(call.keyword("first"), Some("True"));
    }

    #[test]
    fn a_statement_is_cut_out_of_words_around_it() {
        let call = site("the line is a, b = net(x) , matplotlib 3.9", &["net"], false).expect("a call");
        assert_eq!(call.statement, "a, b = net(x)");
        assert_eq!(site("net(x", &["net"], false), None);
        assert_eq!(site("my_net(x)", &["net"], false), None);
    }
}
