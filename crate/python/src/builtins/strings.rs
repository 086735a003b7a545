//! The methods of strings.

use std::rc::Rc;

use crate::eval::Vm;
use crate::value::fault::{type_error, value_error};
use crate::value::{Key, Object, R};

pub const ALL: &[super::NativeEntry] = &[
    ("upper", "self", |_, a| map(&a[0], str::to_uppercase)),
    ("lower", "self", |_, a| map(&a[0], str::to_lowercase)),
    ("casefold", "self", |_, a| map(&a[0], str::to_lowercase)),
    ("title", "self", |_, a| map(&a[0], title)),
    ("capitalize", "self", |_, a| {
        map(&a[0], |text| {
            let mut chars = text.chars();
            chars.next().map_or(String::new(), |c| {
                c.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase()
            })
        })
    }),
    ("swapcase", "self", |_, a| {
        map(&a[0], |text| {
            text.chars()
                .map(|c| {
                    if c.is_uppercase() { c.to_lowercase().to_string() } else { c.to_uppercase().to_string() }
                })
                .collect()
        })
    }),
    ("strip", "self, chars?", |_, a| strip(a, true, true)),
    ("lstrip", "self, chars?", |_, a| strip(a, true, false)),
    ("rstrip", "self, chars?", |_, a| strip(a, false, true)),
    ("split", "self, sep?, maxsplit?", |vm, a| split(vm, a, false)),
    ("rsplit", "self, sep?, maxsplit?", |vm, a| split(vm, a, true)),
    ("splitlines", "self, keepends?", |vm, a| {
        let keep = !a[1].is_undefined() && vm.truth(&a[1])?;
        let mut parts = Vec::new();
        for line in text(&a[0]).split_inclusive('\n') {
            let line = if keep { line } else { line.trim_end_matches('\n').trim_end_matches('\r') };
            parts.push(Object::str(line));
        }
        Ok(Object::list(parts))
    }),
    ("join", "self, iterable", |vm, a| {
        let separator = text(&a[0]);
        if !vm.is_iterable(&a[1]) {
            return type_error("can only join an iterable");
        }
        let mut out = String::new();
        for (i, item) in vm.collect(&a[1])?.iter().enumerate() {
            let Some(part) = item.as_str() else {
                return type_error(format!(
                    "sequence item {i}: expected str instance, {} found",
                    vm.type_name(item)
                ));
            };
            if i > 0 {
                out.push_str(&separator);
            }
            out.push_str(part);
        }
        Ok(Object::str(out))
    }),
    ("replace", "self, old, new, count?", |vm, a| {
        let (Some(old), Some(new)) = (a[1].as_str(), a[2].as_str()) else {
            let wrong = if a[1].as_str().is_none() { 1 } else { 2 };
            return type_error(format!(
                "replace() argument {wrong} must be str, not {}",
                vm.type_name(&a[wrong])
            ));
        };
        let own = text(&a[0]);
        Ok(Object::str(match a[3].as_int() {
            Some(count) if count >= 0 => own.replacen(&**old, new, count as usize),
            _ => own.replace(&**old, new),
        }))
    }),
    ("startswith", "self, prefix, start?, end?", |vm, a| {
        affix(vm, a, "startswith", |text, part| text.starts_with(part))
    }),
    ("endswith", "self, suffix, start?, end?", |vm, a| {
        affix(vm, a, "endswith", |text, part| text.ends_with(part))
    }),
    ("removeprefix", "self, prefix", |_, a| {
        let own = text(&a[0]);
        let part = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        Ok(Object::str(own.strip_prefix(&*part).unwrap_or(&own)))
    }),
    ("removesuffix", "self, suffix", |_, a| {
        let own = text(&a[0]);
        let part = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        Ok(Object::str(own.strip_suffix(&*part).unwrap_or(&own)))
    }),
    ("find", "self, sub, start?, end?", |_, a| Ok(Object::Int(find(a, false).unwrap_or(-1)))),
    ("rfind", "self, sub, start?, end?", |_, a| Ok(Object::Int(find(a, true).unwrap_or(-1)))),
    ("index", "self, sub, start?, end?", |_, a| match find(a, false) {
        Some(at) => Ok(Object::Int(at)),
        None => value_error("substring not found"),
    }),
    ("rindex", "self, sub, start?, end?", |_, a| match find(a, true) {
        Some(at) => Ok(Object::Int(at)),
        None => value_error("substring not found"),
    }),
    ("count", "self, sub", |vm, a| match a[1].as_str() {
        Some(part) if part.is_empty() => Ok(Object::Int(text(&a[0]).chars().count() as i64 + 1)),
        Some(part) => Ok(Object::Int(text(&a[0]).matches(&**part).count() as i64)),
        None => type_error(format!("must be str, not {}", vm.type_name(&a[1]))),
    }),
    ("isdigit", "self", |_, a| every(&a[0], |c| c.is_ascii_digit() || c.is_numeric() && !c.is_alphabetic())),
    ("isdecimal", "self", |_, a| every(&a[0], |c| c.is_ascii_digit())),
    ("isnumeric", "self", |_, a| every(&a[0], char::is_numeric)),
    ("isalpha", "self", |_, a| every(&a[0], char::is_alphabetic)),
    ("isalnum", "self", |_, a| every(&a[0], char::is_alphanumeric)),
    ("isspace", "self", |_, a| every(&a[0], char::is_whitespace)),
    ("isascii", "self", |_, a| Ok(Object::Bool(text(&a[0]).is_ascii()))),
    ("isupper", "self", |_, a| {
        let own = text(&a[0]);
        Ok(Object::Bool(own.chars().any(char::is_uppercase) && !own.chars().any(char::is_lowercase)))
    }),
    ("islower", "self", |_, a| {
        let own = text(&a[0]);
        Ok(Object::Bool(own.chars().any(char::is_lowercase) && !own.chars().any(char::is_uppercase)))
    }),
    ("istitle", "self", |_, a| {
        let own = text(&a[0]);
        Ok(Object::Bool(!own.is_empty() && title(&own) == *own))
    }),
    ("isidentifier", "self", |_, a| {
        let own = text(&a[0]);
        let good = own.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !own.starts_with(|c: char| c.is_numeric());
        Ok(Object::Bool(good && !own.is_empty()))
    }),
    ("center", "self, width, fillchar?", |vm, a| pad(vm, a, '^')),
    ("ljust", "self, width, fillchar?", |vm, a| pad(vm, a, '<')),
    ("rjust", "self, width, fillchar?", |vm, a| pad(vm, a, '>')),
    ("zfill", "self, width", |_, a| {
        let own = text(&a[0]);
        let width = a[1].as_int().unwrap_or(0).clamp(0, 100_000) as usize;
        let (sign, digits) = match own.strip_prefix(['-', '+']) {
            Some(rest) => (&own[..1], rest),
            None => ("", &*own),
        };
        let missing = width.saturating_sub(own.chars().count());
        Ok(Object::str(format!("{sign}{}{digits}", "0".repeat(missing))))
    }),
    ("partition", "self, sep", |_, a| {
        let own = text(&a[0]);
        let part = a[1].as_str().cloned().unwrap_or_else(|| " ".into());
        Ok(Object::tuple(match own.split_once(&*part) {
            Some((before, after)) => vec![Object::str(before), Object::Str(part.clone()), Object::str(after)],
            None => vec![a[0].clone(), Object::str(""), Object::str("")],
        }))
    }),
    ("rpartition", "self, sep", |_, a| {
        let own = text(&a[0]);
        let part = a[1].as_str().cloned().unwrap_or_else(|| " ".into());
        Ok(Object::tuple(match own.rsplit_once(&*part) {
            Some((before, after)) => vec![Object::str(before), Object::Str(part.clone()), Object::str(after)],
            None => vec![Object::str(""), Object::str(""), a[0].clone()],
        }))
    }),
    ("expandtabs", "self, tabsize?", |_, a| {
        let size = a[1].as_int().unwrap_or(8).clamp(0, 1000) as usize;
        let mut out = String::new();
        let mut column = 0;
        for c in text(&a[0]).chars() {
            if c == '\t' && size > 0 {
                let n = size - column % size;
                out.push_str(&" ".repeat(n));
                column += n;
            } else {
                out.push(c);
                column = if c == '\n' { 0 } else { column + 1 };
            }
        }
        Ok(Object::str(out))
    }),
    ("encode", "self, encoding?, errors?", |_, a| Ok(Object::Bytes(text(&a[0]).as_bytes().into()))),
    ("format", "self, *args, **kwargs", |vm, a| format(vm, a)),
    ("translate", "self, table", |vm, a| {
        let mut out = String::new();
        for c in text(&a[0]).chars() {
            let found = match a[1].inner() {
                Object::Dict(dict) => {
                    dict.items.borrow().get(&Key(Object::Int(i64::from(c as u32)))).cloned()
                }
                _ => None,
            };
            match found {
                None => out.push(c),
                Some(Object::None) => {}
                Some(Object::Int(code)) => out.push(char::from_u32(code as u32).unwrap_or(c)),
                Some(other) => out.push_str(&vm.str(&other)?),
            }
        }
        Ok(Object::str(out))
    }),
    ("maketrans", "x, y?, z?", |vm, a| {
        let mut table = indexmap::IndexMap::new();
        let code = |c: char| Key(Object::Int(i64::from(c as u32)));
        if let Object::Dict(dict) = a[0].inner() {
            for (key, value) in dict.items.borrow().iter() {
                let key = match key.0.as_str().and_then(|text| text.chars().next()) {
                    Some(c) => code(c),
                    None => key.clone(),
                };
                table.insert(key, value.clone());
            }
        } else {
            let (from, to) = (vm.str(&a[0])?, vm.str(&a[1])?);
            for (x, y) in from.chars().zip(to.chars()) {
                table.insert(code(x), Object::Int(i64::from(y as u32)));
            }
            if let Some(gone) = a[2].as_str() {
                for c in gone.chars() {
                    table.insert(code(c), Object::None);
                }
            }
        }
        Ok(Object::dict(table))
    }),
];

fn text(value: &Object) -> Rc<str> {
    value.as_str().cloned().unwrap_or_else(|| "".into())
}

fn map(value: &Object, change: impl Fn(&str) -> String) -> R<Object> {
    Ok(Object::str(change(&text(value))))
}

fn title(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    out
}

fn every(value: &Object, test: impl Fn(char) -> bool) -> R<Object> {
    let own = text(value);
    Ok(Object::Bool(!own.is_empty() && own.chars().all(test)))
}

fn strip(a: &[Object], left: bool, right: bool) -> R<Object> {
    let own = text(&a[0]);
    let set: Option<Vec<char>> = a[1].as_str().map(|chars| chars.chars().collect());
    let goes = |c: char| set.as_ref().map_or_else(|| c.is_whitespace(), |set| set.contains(&c));
    let mut part = &*own;
    if left {
        part = part.trim_start_matches(goes);
    }
    if right {
        part = part.trim_end_matches(goes);
    }
    Ok(Object::str(part))
}

fn split(vm: &mut Vm, a: &[Object], from_right: bool) -> R<Object> {
    let own = text(&a[0]);
    let most = a[2].as_int().filter(|most| *most >= 0).map(|most| most as usize);
    let parts: Vec<&str> = match a[1].clone().given() {
        Some(separator) => {
            let Some(separator) = separator.as_str() else {
                return type_error(format!("must be str or None, not {}", vm.type_name(&separator)));
            };
            if separator.is_empty() {
                return value_error("empty separator");
            }
            match (most, from_right) {
                (None, _) => own.split(&**separator).collect(),
                (Some(most), false) => own.splitn(most + 1, &**separator).collect(),
                (Some(most), true) => {
                    let mut parts: Vec<&str> = own.rsplitn(most + 1, &**separator).collect();
                    parts.reverse();
                    parts
                }
            }
        }
        None => match most {
            None => own.split_whitespace().collect(),
            Some(most) => {
                let mut parts = Vec::new();
                let mut rest = own.trim();
                while parts.len() < most && !rest.is_empty() {
                    let cut = if from_right {
                        rest.rfind(char::is_whitespace)
                    } else {
                        rest.find(char::is_whitespace)
                    };
                    let Some(at) = cut else { break };
                    if from_right {
                        parts.push(rest[at..].trim_start());
                        rest = rest[..at].trim_end();
                    } else {
                        parts.push(&rest[..at]);
                        rest = rest[at..].trim_start();
                    }
                }
                if !rest.is_empty() {
                    parts.push(rest);
                }
                if from_right {
                    parts.reverse();
                }
                parts
            }
        },
    };
    Ok(Object::list(parts.into_iter().map(Object::str).collect()))
}

fn affix(vm: &mut Vm, a: &[Object], name: &str, test: impl Fn(&str, &str) -> bool) -> R<Object> {
    let own: String = {
        let chars: Vec<char> = text(&a[0]).chars().collect();
        let len = chars.len() as i64;
        let clip = |at: i64| (if at < 0 { at + len } else { at }).clamp(0, len) as usize;
        let (start, end) = (clip(a[2].as_int().unwrap_or(0)), clip(a[3].as_int().unwrap_or(len)));
        chars[start.min(end)..end].iter().collect()
    };
    match a[1].inner() {
        Object::Tuple(parts) => {
            Ok(Object::Bool(parts.items.iter().filter_map(Object::as_str).any(|part| test(&own, part))))
        }
        Object::Str(part) => Ok(Object::Bool(test(&own, part))),
        other => {
            type_error(format!("{name} first arg must be str or a tuple of str, not {}", vm.type_name(other)))
        }
    }
}

/// The place of a part, counted in characters.
fn find(a: &[Object], last: bool) -> Option<i64> {
    let own = text(&a[0]);
    let part = a[1].as_str()?;
    let chars: Vec<char> = own.chars().collect();
    let len = chars.len() as i64;
    let clip = |at: i64| (if at < 0 { at + len } else { at }).clamp(0, len) as usize;
    let (start, end) = (clip(a[2].as_int().unwrap_or(0)), clip(a[3].as_int().unwrap_or(len)));
    let within: String = chars[start.min(end)..end].iter().collect();
    let at = if last { within.rfind(&**part) } else { within.find(&**part) }?;
    Some(start as i64 + within[..at].chars().count() as i64)
}

fn pad(vm: &mut Vm, a: &[Object], align: char) -> R<Object> {
    let fill = a[2].as_str().and_then(|fill| fill.chars().next()).unwrap_or(' ');
    let Some(width) = a[1].as_int() else {
        return type_error(format!("'{}' object cannot be interpreted as an integer", vm.type_name(&a[1])));
    };
    let own = text(&a[0]);
    let len = own.chars().count();
    let missing = (width.clamp(0, 100_000) as usize).saturating_sub(len);
    let pad = |n: usize| fill.to_string().repeat(n);
    Ok(Object::str(match align {
        '<' => format!("{own}{}", pad(missing)),
        '>' => format!("{}{own}", pad(missing)),
        _ => {
            // Where the two sides differ, Python's odd rule decides.
            let left = missing / 2 + (missing & width as usize & 1);
            format!("{}{own}{}", pad(left), pad(missing - left))
        }
    }))
}

fn format(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let mut counter = 0;
    let own = text(&a[0]);
    Ok(Object::str(formatted(vm, &own, &a[1], &a[2], &mut counter)?))
}

fn formatted(vm: &mut Vm, own: &str, arguments: &Object, named: &Object, counter: &mut usize) -> R<String> {
    let chars: Vec<char> = own.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        match chars[i] {
            '{' if chars.get(i + 1) == Some(&'{') => {
                out.push('{');
                i += 2;
            }
            '}' if chars.get(i + 1) == Some(&'}') => {
                out.push('}');
                i += 2;
            }
            '}' => return value_error("Single '}' encountered in format string"),
            '{' => {
                let mut depth = 1;
                let start = i + 1;
                i += 1;
                while i < chars.len() && depth > 0 {
                    match chars[i] {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    i += 1;
                }
                if depth > 0 {
                    return value_error("expected '}' before end of string");
                }
                let field: String = chars[start..i - 1].iter().collect();
                let (field, spec) = match field.split_once(':') {
                    Some((field, spec)) => (field.to_owned(), spec.to_owned()),
                    None => (field, String::new()),
                };
                let (field, conversion) = match field.split_once('!') {
                    Some((field, conversion)) => (field.to_owned(), conversion.to_owned()),
                    None => (field, String::new()),
                };
                let end = field.find(['.', '[']).unwrap_or(field.len());
                let (name, path) = field.split_at(end);
                let items = arguments.items().unwrap_or_default();
                let mut value = if name.is_empty() {
                    *counter += 1;
                    items.get(*counter - 1).cloned()
                } else if let Ok(at) = name.parse::<usize>() {
                    items.get(at).cloned()
                } else {
                    match vm.index(named, &Object::str(name)) {
                        Ok(value) => Some(value),
                        Err(fault) => return Err(fault),
                    }
                };
                let Some(mut found) = value.take() else {
                    let at = if name.is_empty() { *counter - 1 } else { name.parse().unwrap_or(0) };
                    return crate::value::fault::index_error(format!(
                        "Replacement index {at} out of range for positional args tuple"
                    ));
                };
                let mut rest = path;
                while !rest.is_empty() {
                    if let Some(after) = rest.strip_prefix('.') {
                        let end = after.find(['.', '[']).unwrap_or(after.len());
                        found = vm.attr(&found, &after[..end])?;
                        rest = &after[end..];
                    } else {
                        let end = rest.find(']').unwrap_or(rest.len() - 1);
                        let key = &rest[1..end];
                        let key = key.parse::<i64>().map_or_else(|_| Object::str(key), Object::Int);
                        found = vm.index(&found, &key)?;
                        rest = &rest[end + 1..];
                    }
                }
                let found = match conversion.as_str() {
                    "r" => Object::str(vm.repr(&found)?),
                    "s" => Object::str(vm.str(&found)?),
                    _ => found,
                };
                let spec = formatted(vm, &spec, arguments, named, counter)?;
                out.push_str(&vm.format(&found, &spec)?);
            }
            c => {
                out.push(c);
                i += 1;
            }
        }
    }
    Ok(out)
}
