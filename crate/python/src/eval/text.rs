//! What values look like: `str`, `repr`, format specifications, and the nearest name to one mistyped.

use num_bigint::BigInt;

use super::{Type, Vm};
use crate::value::fault::{type_error, value_error};
use crate::value::{Halt, Object, R, ViewKind, Wrapping};

impl Vm {
    pub fn str(&mut self, value: &Object) -> R<String> {
        match value {
            Object::Str(text) => Ok(text.to_string()),
            Object::Instance(instance) => {
                if let Some(method) = self.special(value, "__str__")? {
                    let text = self.call(&method, Vec::new())?;
                    return match text.as_str() {
                        Some(text) => Ok(text.to_string()),
                        None => type_error(format!(
                            "__str__ returned non-string (type {})",
                            self.type_name(&text)
                        )),
                    };
                }
                let base = self.exceptions["BaseException"].clone();
                if instance.class().is_subclass(&base) {
                    return self.message_of(instance);
                }
                if let Some(Object::Str(text)) = instance.payload.get() {
                    return Ok(text.to_string());
                }
                self.repr(value)
            }
            Object::Device(device) => Ok(device.to_string()),
            _ => self.repr(value),
        }
    }

    /// What `str(exception)` is.
    pub fn message_of(&mut self, exception: &std::rc::Rc<crate::value::Instance>) -> R<String> {
        let arguments = exception.get("args").and_then(|args| args.items()).unwrap_or_default();
        let is_key_error = exception.class().is_subclass(&self.exceptions["KeyError"].clone());
        match arguments.as_slice() {
            [] => Ok(String::new()),
            [one] if is_key_error => self.repr(one),
            [one] => self.str(one),
            many => self.repr(&Object::tuple(many.to_vec())),
        }
    }

    pub fn repr(&mut self, value: &Object) -> R<String> {
        Ok(match value {
            Object::None => "None".into(),
            Object::Bool(true) => "True".into(),
            Object::Bool(false) => "False".into(),
            Object::Int(number) => number.to_string(),
            Object::Big(number) => {
                let text = number.to_string();
                if text.len() > 4300 {
                    return value_error(
                        "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
                    );
                }
                text
            }
            Object::Float(number) => float(*number),
            Object::Str(text) => quoted(text),
            Object::Bytes(bytes) => format!("b{}", quoted_bytes(bytes)),
            Object::Ellipsis => "Ellipsis".into(),
            Object::NotImplemented => "NotImplemented".into(),
            Object::Dtype(dtype) => format!("torch.{}", dtype.name()),
            Object::Device(device) => match device.split_once(':') {
                Some((kind, index)) => format!("device(type='{kind}', index={index})"),
                None => format!("device(type='{device}')"),
            },
            Object::Range(range) => match range.step {
                1 => format!("range({}, {})", range.start, range.stop),
                step => format!("range({}, {}, {step})", range.start, range.stop),
            },
            Object::Slice(parts) => {
                format!(
                    "slice({}, {}, {})",
                    self.repr(&parts[0])?,
                    self.repr(&parts[1])?,
                    self.repr(&parts[2])?
                )
            }
            Object::Function(function) => {
                format!("<function {} at 0x7f0000000000>", function.code.qualname)
            }
            Object::Native(native) => format!("<built-in function {}>", native.name),
            Object::Bound(bound) => {
                if let Object::Function(function) = &bound.function {
                    let receiver = self.repr(&bound.receiver)?;
                    format!("<bound method {} of {receiver}>", function.code.qualname)
                } else {
                    let kind = self.type_name(&bound.receiver);
                    let name = match &bound.function {
                        Object::Native(native) => native.name,
                        _ => "method",
                    };
                    format!("<built-in method {name} of {kind} object at 0x7f0000000000>")
                }
            }
            Object::Class(class) if class.metaclass().is_some() => match self.special(value, "__repr__")? {
                Some(method) => {
                    let text = self.call(&method, Vec::new())?;
                    text.as_str().map(ToString::to_string).unwrap_or_default()
                }
                None => format!("<class '{}'>", class.name),
            },
            Object::Class(class) => match &*class.module {
                "builtins" => format!("<class '{}'>", class.name),
                module => {
                    let name = class.attrs.borrow().get("__qualname__").and_then(|n| n.as_str().cloned());
                    format!("<class '{module}.{}'>", name.unwrap_or_else(|| class.name.clone()))
                }
            },
            Object::Module(module) => format!("<module '{}'>", module.name),
            Object::Tensor(tensor) => {
                let tensor = tensor.clone();
                crate::torch::print::tensor(&self.cx, &tensor)?
            }
            Object::Node(node) => format!("<{} object at 0x7f0000000000>", node.name.borrow()),
            Object::Iter(_) => "<iterator object at 0x7f0000000000>".into(),
            Object::Generator(generator) => {
                format!("<generator object {} at 0x7f0000000000>", generator.name)
            }
            Object::Property(_) => "<property object at 0x7f0000000000>".into(),
            Object::Wrapped(wrapped) => match wrapped.kind {
                Wrapping::Static => "<staticmethod object>".into(),
                Wrapping::Class => "<classmethod object>".into(),
                Wrapping::Super => format!("<super: <class '{}'>>", self.type_name(&wrapped.value)),
            },
            Object::Undefined | Object::Code(_) | Object::Cell(_) => "<object>".into(),
            Object::View(view) => {
                let items = view.dict.items.borrow().clone();
                let mut parts = Vec::new();
                for (key, value) in &items {
                    parts.push(match view.kind {
                        ViewKind::Keys => self.repr(&key.0)?,
                        ViewKind::Values => self.repr(value)?,
                        ViewKind::Items => format!("({}, {})", self.repr(&key.0)?, self.repr(value)?),
                    });
                }
                format!("{}([{}])", self.type_name(value), parts.join(", "))
            }
            Object::Tuple(tuple) => {
                if let Some(class) = &tuple.class {
                    if self.types.is(class, Type::Size) {
                        return Ok(format!("torch.Size([{}])", self.list(&tuple.items)?));
                    }
                    if let Some(method @ Object::Function(_)) = class.lookup("__repr__") {
                        let text = self.call(&method, vec![value.clone()])?;
                        return self.str(&text);
                    }
                    return self.named_tuple(value);
                }
                match tuple.items.as_slice() {
                    [one] => format!("({},)", self.repr(one)?),
                    items => format!("({})", self.list(items)?),
                }
            }
            Object::List(list) => {
                let items = list.items.borrow().clone();
                self.within(value, "[...]", |vm| Ok(format!("[{}]", vm.list(&items)?)))?
            }
            Object::Dict(dict) => {
                let items = dict.items.borrow().clone();
                self.within(value, "{...}", |vm| {
                    let mut parts = Vec::new();
                    for (key, value) in &items {
                        parts.push(format!("{}: {}", vm.repr(&key.0)?, vm.repr(value)?));
                    }
                    Ok(format!("{{{}}}", parts.join(", ")))
                })?
            }
            Object::Set(set) => {
                let items = super::index::set_order(&set.items.borrow());
                let inner = self.list(&items)?;
                match (set.frozen, items.is_empty()) {
                    (false, true) => "set()".into(),
                    (false, false) => format!("{{{inner}}}"),
                    (true, true) => "frozenset()".into(),
                    (true, false) => format!("frozenset({{{inner}}})"),
                }
            }
            Object::Instance(instance) => {
                if let Some(method) = self.special(value, "__repr__")? {
                    let text = self.call(&method, Vec::new())?;
                    return match text.as_str() {
                        Some(text) => Ok(text.to_string()),
                        None => type_error(format!(
                            "__repr__ returned non-string (type {})",
                            self.type_name(&text)
                        )),
                    };
                }
                let class = instance.class();
                let base = self.exceptions["BaseException"].clone();
                if class.is_subclass(&base) {
                    let arguments = instance.get("args").and_then(|args| args.items()).unwrap_or_default();
                    return Ok(format!("{}({})", class.name, self.list(&arguments)?));
                }
                if let Some(payload) = instance.payload.get().cloned() {
                    return self.repr(&payload);
                }
                match &*class.module {
                    "builtins" => format!("<{} object at 0x7f0000000000>", class.name),
                    module => format!("<{module}.{} object at 0x7f0000000000>", class.name),
                }
            }
        })
    }

    fn named_tuple(&mut self, value: &Object) -> R<String> {
        let Object::Tuple(tuple) = value else { return Ok(String::new()) };
        let class = tuple.class.clone().unwrap_or_else(|| self.types.get(Type::Tuple));
        let fields = class.lookup("_fields").and_then(|fields| fields.items()).unwrap_or_default();
        let is_torch = &*class.module == "torch.return_types";
        let mut parts = Vec::new();
        for (field, item) in fields.iter().zip(&tuple.items) {
            let (name, text) = (self.str(field)?, self.repr(item)?);
            parts.push(format!("{name}={text}"));
        }
        Ok(if is_torch {
            format!("torch.return_types.{}(\n{})", class.name, parts.join(",\n"))
        } else {
            format!("{}({})", class.name, parts.join(", "))
        })
    }

    fn list(&mut self, items: &[Object]) -> R<String> {
        let parts: R<Vec<String>> = items.iter().map(|item| self.repr(item)).collect();
        Ok(parts?.join(", "))
    }

    /// Prints what may hold itself.
    fn within(
        &mut self,
        value: &Object,
        again: &str,
        print: impl FnOnce(&mut Self) -> R<String>,
    ) -> R<String> {
        let Some(identity) = value.identity() else { return print(self) };
        if self.printing.contains(&identity) {
            return Ok(again.to_owned());
        }
        if self.printing.len() > 100 {
            return Halt::stop(crate::value::Ceiling::Recursion, "a value within a value, a hundred times");
        }
        self.printing.push(identity);
        let text = print(self);
        self.printing.pop();
        text
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, value: &Object, spec: &str) -> R<String> {
        match value {
            Object::Instance(_) => {
                if let Some(method) = self.special(value, "__format__")? {
                    let text = self.call(&method, vec![Object::str(spec)])?;
                    return self.str(&text);
                }
                if spec.is_empty() {
                    return self.str(value);
                }
            }
            Object::Tensor(tensor) => {
                if tensor.shape().is_empty() && !tensor.is_parameter() {
                    let item = self.cx.item(tensor)?;
                    return self.format(&item, spec);
                }
                if spec.is_empty() {
                    return self.str(value);
                }
            }
            _ => {}
        }
        if spec.is_empty() {
            return self.str(value);
        }
        match value.inner() {
            Object::Str(text) => Spec::parse(spec, value, self)?.text(text),
            number @ (Object::Int(_) | Object::Big(_)) => {
                let spec = Spec::parse(spec, value, self)?;
                spec.integer(&number.as_big().unwrap_or_default())
            }
            Object::Bool(truth) => {
                let spec = Spec::parse(spec, value, self)?;
                spec.integer(&BigInt::from(i32::from(*truth)))
            }
            Object::Float(number) => Spec::parse(spec, value, self)?.float(*number),
            _ => {
                let class = self.class_of(value);
                let name = match &*class.name {
                    "Size" => "torch.Size",
                    name => name,
                };
                type_error(format!("unsupported format string passed to {name}.__format__"))
            }
        }
    }

    /// `format % values`.
    pub fn percent(&mut self, format: &str, values: &Object) -> R<String> {
        let items = match values {
            Object::Tuple(tuple) => tuple.items.clone(),
            other => vec![other.clone()],
        };
        let mut next = items.iter();
        let mut out = String::new();
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            let mut spec = String::new();
            let mut named = None;
            if chars.peek() == Some(&'(') {
                chars.next();
                let name: String = chars.by_ref().take_while(|c| *c != ')').collect();
                named = Some(self.index(values, &Object::str(name))?);
            }
            let kind = loop {
                match chars.next() {
                    Some('*') => match next.next().and_then(Object::as_int) {
                        Some(width) => spec.push_str(&width.to_string()),
                        None => return type_error("* wants int"),
                    },
                    Some(c) if matches!(c, '-' | '+' | ' ' | '#' | '0'..='9' | '.') => spec.push(c),
                    Some(c) => break c,
                    None => return value_error("incomplete format"),
                }
            };
            if kind == '%' {
                out.push('%');
                continue;
            }
            let Some(value) = named.or_else(|| next.next().cloned()) else {
                return type_error("not enough arguments for format string");
            };
            let left = spec.contains('-');
            let flags: String = spec.chars().filter(|c| *c != '-').collect();
            let align = if left { "<" } else { ">" };
            let text = match kind {
                's' | 'r' => {
                    let text = if kind == 's' { self.str(&value)? } else { self.repr(&value)? };
                    self.format(&Object::str(text), &format!("{align}{}s", flags.trim_start_matches('0')))?
                }
                'd' | 'i' | 'u' => match value.as_float() {
                    Some(_) => {
                        let whole = match value.inner() {
                            Object::Float(number) => Object::big(whole(*number)),
                            other => other.clone(),
                        };
                        self.format(&whole, &format!("{}{flags}d", if left { "<" } else { "" }))?
                    }
                    None => match &value {
                        Object::Tensor(tensor) if tensor.len() == 1 => {
                            let item = self.cx.item(tensor)?;
                            self.percent(&format!("%{spec}d"), &Object::tuple(vec![item]))?
                        }
                        _ => {
                            let name = self.type_name(&value);
                            return type_error(format!(
                                "%{kind} format: a real number is required, not {name}"
                            ));
                        }
                    },
                },
                'f' | 'F' | 'e' | 'E' | 'g' | 'G' => {
                    let number = match &value {
                        Object::Tensor(tensor) if tensor.len() == 1 => self.cx.item(tensor)?.as_float(),
                        other => other.as_float(),
                    };
                    match number {
                        Some(number) => self.format(
                            &Object::Float(number),
                            &format!("{}{flags}{kind}", if left { "<" } else { "" }),
                        )?,
                        None => {
                            return type_error(format!(
                                "must be real number, not {}",
                                self.type_name(&value)
                            ));
                        }
                    }
                }
                'x' | 'X' | 'o' | 'c' => self.format(&value, &format!("{flags}{kind}"))?,
                other => {
                    return value_error(format!(
                        "unsupported format character '{other}' (0x{:x})",
                        other as u32
                    ));
                }
            };
            out.push_str(&text);
        }
        if next.next().is_some() && !matches!(values, Object::Dict(_)) {
            return type_error("not all arguments converted during string formatting");
        }
        Ok(out)
    }
}

/// A finite float without its fraction.
pub fn whole(number: f64) -> BigInt {
    let text = format!("{:.0}", number.trunc());
    BigInt::parse_bytes(text.as_bytes(), 10).unwrap_or_default()
}

/// A format specification.
#[derive(Default)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

impl Spec {
    fn parse(text: &str, value: &Object, vm: &Vm) -> R<Spec> {
        let chars: Vec<char> = text.chars().collect();
        let mut spec = Spec::default();
        let mut at = 0;
        let is_align = |c: Option<&char>| matches!(c, Some('<' | '>' | '^' | '='));
        if is_align(chars.get(1)) {
            spec.fill = Some(chars[0]);
            spec.align = Some(chars[1]);
            at = 2;
        } else if is_align(chars.first()) {
            spec.align = Some(chars[0]);
            at = 1;
        }
        if let Some(c @ ('+' | '-' | ' ')) = chars.get(at) {
            spec.sign = Some(*c);
            at += 1;
        }
        if chars.get(at) == Some(&'z') {
            spec.no_negative_zero = true;
            at += 1;
        }
        if chars.get(at) == Some(&'#') {
            spec.alternate = true;
            at += 1;
        }
        if chars.get(at) == Some(&'0') {
            spec.zero = true;
            at += 1;
        }
        let number = |at: &mut usize| {
            let start = *at;
            while chars.get(*at).is_some_and(char::is_ascii_digit) {
                *at += 1;
            }
            chars[start..*at].iter().collect::<String>().parse::<usize>().ok()
        };
        spec.width = number(&mut at).unwrap_or(0);
        if spec.width > 100_000 || spec.precision.is_some_and(|p| p > 100_000) {
            return Halt::refuse("a format of such width");
        }
        if let Some(c @ (',' | '_')) = chars.get(at) {
            spec.grouping = Some(*c);
            at += 1;
        }
        if chars.get(at) == Some(&'.') {
            at += 1;
            spec.precision = number(&mut at);
            if spec.precision.is_none() {
                return value_error("Format specifier missing precision");
            }
        }
        spec.kind = chars.get(at).copied();
        if at + 1 < chars.len() {
            return value_error(format!(
                "Invalid format specifier '{text}' for object of type '{}'",
                vm.type_name(value)
            ));
        }
        let allowed = match value.inner() {
            Object::Str(_) => "s",
            Object::Float(_) => "eEfFgGn%",
            _ => "bcdoxXneEfFgG%",
        };
        match spec.kind {
            Some(kind) if !allowed.contains(kind) => value_error(format!(
                "Unknown format code '{kind}' for object of type '{}'",
                vm.type_name(value)
            )),
            _ => Ok(spec),
        }
    }

    fn pad(&self, sign: &str, body: &str, default: char) -> String {
        let len = sign.chars().count() + body.chars().count();
        let missing = self.width.saturating_sub(len);
        let align = self.align.unwrap_or(if self.zero { '=' } else { default });
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let pad = |n: usize| fill.to_string().repeat(n);
        match align {
            '<' => format!("{sign}{body}{}", pad(missing)),
            '^' => format!("{}{sign}{body}{}", pad(missing / 2), pad(missing - missing / 2)),
            '=' => format!("{sign}{}{body}", pad(missing)),
            _ => format!("{}{sign}{body}", pad(missing)),
        }
    }

    fn text(&self, text: &str) -> R<String> {
        if self.sign.is_some() {
            return value_error("Sign not allowed in string format specifier");
        }
        if self.no_negative_zero {
            return value_error("Negative zero coercion (z) not allowed in string format specifier");
        }
        if self.alternate {
            return value_error("Alternate form (#) not allowed in string format specifier");
        }
        if self.align == Some('=') {
            return value_error("'=' alignment not allowed in string format specifier");
        }
        if let Some(grouping) = self.grouping {
            return value_error(format!("Cannot specify '{grouping}' with 's'."));
        }
        let cut: String = match self.precision {
            Some(precision) => text.chars().take(precision).collect(),
            None => text.to_owned(),
        };
        let spec = Spec {
            align: Some(self.align.unwrap_or('<')),
            ..Spec { fill: self.fill.or(self.zero.then_some('0')), width: self.width, ..Spec::default() }
        };
        Ok(spec.pad("", &cut, '<'))
    }

    fn signed(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        }
    }

    fn integer(&self, number: &BigInt) -> R<String> {
        if matches!(self.kind, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%')) {
            return self.float(crate::value::big_to_float(number));
        }
        if self.precision.is_some() {
            return value_error("Precision not allowed in integer format specifier");
        }
        if self.no_negative_zero {
            return value_error("Negative zero coercion (z) not allowed in integer format specifier");
        }
        let negative = *number < BigInt::from(0);
        let size = if negative { -number.clone() } else { number.clone() };
        let (digits, prefix) = match self.kind {
            Some('b') => (size.to_str_radix(2), "0b"),
            Some('o') => (size.to_str_radix(8), "0o"),
            Some('x') => (size.to_str_radix(16), "0x"),
            Some('X') => (size.to_str_radix(16).to_uppercase(), "0X"),
            Some('c') => {
                let c = u32::try_from(&size).ok().and_then(char::from_u32).unwrap_or(' ');
                return Ok(self.pad("", &c.to_string(), '<'));
            }
            _ => (size.to_string(), ""),
        };
        let every = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let sign = format!("{}{}", self.signed(negative), if self.alternate { prefix } else { "" });
        let digits = self.grouped(&digits, every, sign.len());
        Ok(self.pad(&sign, &digits, '>'))
    }

    /// With separators; zeros that fill the width are separated too.
    fn grouped(&self, digits: &str, every: usize, sign: usize) -> String {
        let Some(separator) = self.grouping else { return digits.to_owned() };
        let mut digits = digits.to_owned();
        if self.zero && self.align.is_none() {
            while digits.len() + (digits.len() - 1) / every + sign < self.width {
                digits.insert(0, '0');
            }
        }
        let mut out = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(every) {
                out.push(separator);
            }
            out.push(c);
        }
        out
    }

    fn float(&self, number: f64) -> R<String> {
        let negative = number.is_sign_negative() && !number.is_nan();
        let size = number.abs();
        let sign = self.signed(negative);
        let upper = matches!(self.kind, Some('E' | 'F' | 'G'));
        if !number.is_finite() {
            let word = if number.is_nan() { "nan" } else { "inf" };
            let percent = if self.kind == Some('%') { "%" } else { "" };
            let word = if upper { word.to_uppercase() } else { word.to_owned() };
            return Ok(self.pad(sign, &format!("{word}{percent}"), '>'));
        }
        let body = match self.kind {
            Some('e' | 'E') => scientific(size, self.precision.unwrap_or(6)),
            Some('f' | 'F') => fixed(size, self.precision.unwrap_or(6)),
            Some('%') => format!("{}%", fixed(size * 100.0, self.precision.unwrap_or(6))),
            Some(_) => general(size, self.precision.unwrap_or(6), self.alternate),
            None => match self.precision {
                Some(precision) => {
                    let text = general(size, precision, false);
                    if text.contains(['.', 'e']) || precision == 0 && text.contains('e') {
                        text
                    } else {
                        // Without a letter at least one digit follows the point.
                        let text = if text.len() >= precision.max(1) && size >= 1.0 {
                            let exponent = size.log10().floor() as usize;
                            if exponent + 1 >= precision.max(1) {
                                scientific_short(size, precision)
                            } else {
                                text
                            }
                        } else {
                            text
                        };
                        if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
                    }
                }
                None => float(size),
            },
        };
        let body = if upper { body.to_uppercase() } else { body };
        let is_zero = !body.chars().take_while(|c| !matches!(c, 'e' | 'E')).any(|c| matches!(c, '1'..='9'));
        let sign = if self.no_negative_zero && is_zero { self.signed(false) } else { sign };
        let (whole, rest) = match body.find(|c: char| !c.is_ascii_digit()) {
            Some(at) => body.split_at(at),
            None => (body.as_str(), ""),
        };
        let whole = if self.grouping.is_some() {
            let inner = Spec {
                width: self.width.saturating_sub(rest.len()),
                ..Spec { grouping: self.grouping, zero: self.zero, align: self.align, ..Spec::default() }
            };
            inner.grouped(whole, 3, sign.len())
        } else {
            whole.to_owned()
        };
        Ok(self.pad(sign, &format!("{whole}{rest}"), '>'))
    }
}

fn fixed(size: f64, precision: usize) -> String {
    format!("{size:.precision$}")
}

fn scientific(size: f64, precision: usize) -> String {
    exponent_of(&format!("{size:.precision$e}"))
}

fn scientific_short(size: f64, precision: usize) -> String {
    let text = scientific(size, precision.max(1) - 1);
    trimmed(&text)
}

/// Python writes at least two digits of an exponent, with its sign.
fn exponent_of(text: &str) -> String {
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, size) = match exponent.strip_prefix('-') {
                Some(size) => ('-', size),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{size:0>2}")
        }
        None => text.to_owned(),
    }
}

fn trimmed(text: &str) -> String {
    let (digits, exponent) = match text.find('e') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    format!("{digits}{exponent}")
}

fn general(size: f64, precision: usize, keep: bool) -> String {
    let precision = precision.max(1);
    let rounded = format!("{size:.*e}", precision - 1);
    let exponent: i32 = rounded.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let text = if exponent < -4 || exponent >= precision as i32 {
        exponent_of(&rounded)
    } else {
        fixed(size, (precision as i32 - 1 - exponent).max(0) as usize)
    };
    if keep { text } else { trimmed(&text) }
}

/// A float as `repr` writes it: the shortest digits that give it back.
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        return exponent_of(&format!("{number:e}"));
    }
    let text = format!("{number}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A string as `repr` writes it.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 32 || c as u32 == 127 => out += hex(c as u32).as_str(),
            c if (0x80..0xa1).contains(&(c as u32)) || c as u32 == 0xad => {
                out += hex(c as u32).as_str();
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if char::from(byte) == quote => {
                out.push('\\');
                out.push(quote);
            }
            32..=126 => out.push(char::from(byte)),
            byte => out += hex(byte.into()).as_str(),
        }
    }
    out.push(quote);
    out
}

pub fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c as u32 {
            0..=127 => c.to_string(),
            code @ 128..=255 => format!("\\x{code:02x}"),
            code @ 256..=0xffff => format!("\\u{code:04x}"),
            code => format!("\\U{code:08x}"),
        })
        .collect()
}

/// The name that Python proposes for one that is not there, by its measure of distance.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const MOVE: usize = 2;
    let (mut best, mut found) = (usize::MAX, None);
    for other in names {
        if other == name || name.len() > 40 {
            continue;
        }
        let most = (name.len() + other.len() + 3) * MOVE / 6;
        let most = most.min(best.saturating_sub(1));
        let distance = distance(name, other);
        if distance <= most && distance < best {
            best = distance;
            found = Some(other);
        }
    }
    found
}

fn distance(a: &str, b: &str) -> usize {
    const MOVE: usize = 2;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let cost = |x: u8, y: u8| {
        if x == y {
            0
        } else if x.eq_ignore_ascii_case(&y) {
            1
        } else {
            MOVE
        }
    };
    let mut row: Vec<usize> = (0..=b.len()).map(|i| i * MOVE).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + cost(x, y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + MOVE).min(row[j + 1] + MOVE);
        }
    }
    row[b.len()]
}

/// A character that is shown by its number: `\x1b`.
fn hex(code: u32) -> String {
    format!("\\x{code:02x}")
}
