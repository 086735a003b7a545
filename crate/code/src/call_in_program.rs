//! The one call of `nn.GRU` in a program that controls can show, and how its numbers are written anew.

use std::fmt::Write as _;

use call::shape::Shape;
use call::{Argument, Call, Config, Dtype, Release, Tensor, Value};
use serde::Serialize;

use crate::place::Places;
use crate::run::SourceEdit;
use crate::sketch::{ArgumentPlace, CallPlace, Sketch, SourceBytes, holds};

/// A call of `nn.GRU` in a program.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramCall {
    /// The call.
    pub call: Call,
    /// What `torch.manual_seed` is given.
    pub seed: Option<i64>,
    /// Where its numbers are written.
    pub places: Vec<FieldPlace>,
    /// What else the program has, in words; null where the call is all of it.
    pub beyond: Option<String>,
}

/// Where a number of a call is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FieldPlace {
    /// What it is: `hidden_size`, `input[0]`, `h_0[2]`, `seed`.
    pub field: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// What was found, with the bytes of the plain text.
struct FoundCall {
    call: Call,
    seed: Option<i64>,
    /// Each field with the bytes where its number is written, and those where it is used.
    places: Vec<(String, SourceBytes, SourceBytes)>,
    constructor: CallPlace,
    input: ShapePlace,
    h_0: Option<ShapePlace>,
    /// The call itself, and where its first argument ends.
    site: CallPlace,
    beyond: Option<String>,
}

/// Where the sizes of a tensor are written.
struct ShapePlace {
    sizes: Vec<i64>,
    each: Vec<SourceBytes>,
    /// All of them together.
    whole: SourceBytes,
    /// Whether they stand in brackets of their own.
    is_list: bool,
    /// The function that makes the tensor.
    statement: SourceBytes,
    dtype: Dtype,
}

/// The one call of `nn.GRU` in a program, where its shapes can be read; none where there is none, or more than one.
pub fn read_call(source: &str) -> Option<ProgramCall> {
    let places = Places::of(source);
    let found = found(places.text())?;
    let place = |(field, bytes, _): (String, SourceBytes, SourceBytes)| FieldPlace {
        field,
        from: places.utf16(bytes.start),
        to: places.utf16(bytes.end),
    };
    Some(ProgramCall {
        call: found.call,
        seed: found.seed,
        places: found.places.into_iter().map(place).collect(),
        beyond: found.beyond,
    })
}

/// The edits that make a program's call another one and change nothing else; none where that cannot be written.
pub fn rewrite_call(source: &str, call: &Call, seed: Option<i64>) -> Option<Vec<SourceEdit>> {
    let places = Places::of(source);
    let text = places.text();
    // A name that several fields read changes for all of them; where they are to differ, the number is written where it is used.
    let edits = [false, true].into_iter().filter_map(|where_used| rewritten(text, call, seed, where_used));
    let is_due = |edits: &Vec<(SourceBytes, String)>| {
        let mut changed = text.to_owned();
        edits.iter().rev().for_each(|(bytes, insert)| changed.replace_range(bytes.clone(), insert));
        found(&changed).is_some_and(|again| {
            let defaults = Config::defaults();
            let same = fields(&again.call.config)
                .into_iter()
                .zip(fields(&call.config))
                .zip(defaults)
                .all(|((a, b), default)| a.or_else(|| default.clone()) == b.or(default));
            same && again.call.input == call.input && again.call.h_0 == call.h_0
        })
    };
    let edits = edits.into_iter().find(is_due)?;
    let edit = |(bytes, insert): (SourceBytes, String)| SourceEdit {
        from: places.utf16(bytes.start),
        to: places.utf16(bytes.end),
        insert,
    };
    Some(edits.into_iter().map(edit).collect())
}

/// The edits, from the start of the text to its end.
fn rewritten(
    text: &str,
    call: &Call,
    seed: Option<i64>,
    where_used: bool,
) -> Option<Vec<(SourceBytes, String)>> {
    let found = found(text)?;
    let mut edits: Vec<(SourceBytes, String)> = Vec::new();
    let mut write = |bytes: &SourceBytes, insert: String| {
        if text[bytes.clone()] == insert {
            return Some(());
        }
        match edits.iter().find(|(other, _)| other == bytes) {
            // One number that two fields read: both must agree.
            Some((_, other)) if *other != insert => None,
            Some(_) => Some(()),
            None => {
                edits.push((bytes.clone(), insert));
                Some(())
            }
        }
    };
    let place = |field: &str| {
        let (_, written, used) = found.places.iter().find(|(name, ..)| name == field)?;
        Some(if where_used { used.clone() } else { written.clone() })
    };
    let mut options = String::new();
    let defaults = Config::defaults();
    for (((name, new), old), default) in
        Config::OPTIONS.into_iter().zip(fields(&call.config)).zip(fields(&found.call.config)).zip(defaults)
    {
        let new = new.or_else(|| default.clone());
        let old = old.or(default);
        let Some(new) = new.filter(|new| Some(new) != old.as_ref()) else { continue };
        match place(name) {
            Some(bytes) => write(&bytes, new.to_string())?,
            None => {
                let _ = write!(options, ", {name}={new}");
            }
        }
    }
    if call.config.dtype != found.call.config.dtype || call.config.other != found.call.config.other {
        return None;
    }
    let sizes = |argument: &Argument| -> Option<Vec<i64>> {
        let tensor = argument.as_tensor()?;
        Some(tensor.shape.0.iter().map(|size| size.0 as i64).collect())
    };
    let of = place;
    let mut shaped = |place: &ShapePlace, field: &str, argument: &Argument| -> Option<()> {
        let new = sizes(argument)?;
        if argument.as_tensor()?.dtype != place.dtype {
            return None;
        }
        if new.len() == place.sizes.len() {
            for (i, size) in new.iter().enumerate().filter(|(i, size)| place.sizes[*i] != **size) {
                write(&of(&format!("{field}[{i}]"))?, size.to_string())?;
            }
            return Some(());
        }
        let list: Vec<String> = new.iter().map(i64::to_string).collect();
        let text = if place.is_list { Shape::new(new).to_string() } else { list.join(", ") };
        write(&place.whole, text)
    };
    shaped(&found.input, "input", &call.input)?;
    match (&found.h_0, &call.h_0) {
        (None, None) => {}
        (Some(place), Some(h_0)) => shaped(place, "h_0", h_0)?,
        (Some(_), None) => {
            let (first, last) = (found.site.arguments.first()?, found.site.arguments.get(1)?);
            edits.push((first.whole.end..last.whole.end, String::new()));
        }
        (None, Some(h_0)) => {
            let end = found.site.arguments.first()?.whole.end;
            let zeros = format!(", torch.zeros{}", Shape::new(sizes(h_0)?));
            edits.push((end..end, zeros));
        }
    }
    if !options.is_empty() {
        let end = found.constructor.arguments.last().map_or(found.constructor.close, |last| last.whole.end);
        edits.push((end..end, options));
    }
    if let (Some(new), true) = (seed, seed != found.seed) {
        edits.push((of("seed")?, new.to_string()));
    }
    edits.sort_by_key(|(bytes, _)| bytes.start);
    Some(edits)
}

fn fields(config: &Config) -> [Option<Value>; 7] {
    let Config { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, .. } =
        config;
    [input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional].map(Clone::clone)
}

fn found(text: &str) -> Option<FoundCall> {
    let sketch = Sketch::of(text)?;
    let mut constructors = sketch.constructed("GRU");
    let constructor = constructors.next().filter(|_| constructors.next().is_none())?.clone();
    if !["nn.GRU", "torch.nn.GRU", "GRU"].contains(&constructor.callee.as_str()) {
        return None;
    }
    let built = sketch.assignments.iter().find(|it| it.value == constructor.bytes)?;
    let name = sketch.text(&built.target);
    let mut sites = sketch.calls.iter().filter(|call| call.callee == name);
    let site = sites.next().filter(|_| sites.next().is_none())?.clone();
    let mut places = Vec::new();
    let mut config = Config::default();
    for (index, argument) in constructor.arguments.iter().enumerate() {
        let field = match &argument.name {
            Some(name) => name.clone(),
            None => (*Config::OPTIONS.get(index)?).to_owned(),
        };
        let (value, bytes) = literal(&sketch, argument)?;
        let place = config.field_mut(&field)?;
        *place = Some(value);
        places.push((field, bytes, argument.value.clone()));
    }
    let shape = |argument: &ArgumentPlace| made(&sketch, &argument.value, site.bytes.start);
    let input = shape(site.arguments.first()?)?;
    let h_0 = match site.arguments.get(1) {
        None => None,
        Some(state) if sketch.text(&state.value) == "None" => None,
        Some(state) => Some(shape(state)?),
    };
    if site.arguments.len() > 2 {
        return None;
    }
    for (field, place) in [("input", Some(&input)), ("h_0", h_0.as_ref())] {
        for (i, bytes) in place.into_iter().flat_map(|place| place.each.iter().enumerate()) {
            let (_, written) = sketch.number(bytes)?;
            places.push((format!("{field}[{i}]"), written, bytes.clone()));
        }
    }
    let mut seeds = sketch.calls.iter().filter(|call| call.callee.ends_with("manual_seed"));
    let seed = seeds.find_map(|call| sketch.number(&call.arguments.first()?.value));
    // The controls are JavaScript's, which has no whole number beyond that is exact.
    let seed = seed.filter(|(seed, _)| seed.unsigned_abs() < 1 << 53);
    if let Some((_, bytes)) = &seed {
        places.push(("seed".to_owned(), bytes.clone(), bytes.clone()));
    }
    let argument = |place: &ShapePlace| {
        Argument::Tensor(Tensor { dtype: place.dtype, ..Tensor::new(Shape::new(place.sizes.clone())) })
    };
    let call =
        Call { config, input: argument(&input), h_0: h_0.as_ref().map(argument), release: Release::NEWEST };
    let beyond = beyond(&sketch, &constructor, &site, &[Some(&input), h_0.as_ref()]);
    let seed = seed.map(|(seed, _)| seed);
    Some(FoundCall { call, seed, places, constructor, input, h_0, site, beyond })
}

/// An option's value, where it is written or its name was given one.
fn literal(sketch: &Sketch, argument: &ArgumentPlace) -> Option<(Value, SourceBytes)> {
    let read = |text: &str| match text {
        "True" => Some(Value::Bool(true)),
        "False" => Some(Value::Bool(false)),
        text if text.contains(['.', 'e']) => text.parse().ok().map(Value::Float),
        text => text.parse().ok().map(Value::Int),
    };
    let text = sketch.text(&argument.value);
    if let Some(value) = read(text) {
        return Some((value, argument.value.clone()));
    }
    let mut given = sketch.assigned(text);
    let bytes = given.next().filter(|_| given.next().is_none())?;
    Some((read(sketch.text(&bytes))?, bytes))
}

/// The sizes of a tensor that is made where it stands, or the last time before that its name was given one.
fn made(sketch: &Sketch, value: &SourceBytes, before: usize) -> Option<ShapePlace> {
    const MAKERS: [&str; 5] = ["randn", "rand", "zeros", "ones", "empty"];
    let bytes = if sketch.calls.iter().any(|call| call.bytes == *value) {
        value.clone()
    } else {
        sketch.assigned(sketch.text(value)).filter(|bytes| bytes.end <= before).last()?
    };
    let call = sketch.calls.iter().find(|call| call.bytes == bytes)?;
    if !MAKERS.contains(&call.callee.strip_prefix("torch.")?) {
        return None;
    }
    let mut dtype = Dtype::Float32;
    for argument in call.arguments.iter().filter(|argument| argument.name.is_some()) {
        match (argument.name.as_deref(), sketch.text(&argument.value)) {
            (Some("dtype"), "torch.float32") | (Some("requires_grad"), _) => {}
            (Some("dtype"), "torch.float64" | "torch.double") => dtype = Dtype::Float64,
            _ => return None,
        }
    }
    let plain: Vec<&ArgumentPlace> =
        call.arguments.iter().filter(|argument| argument.name.is_none()).collect();
    let list = match plain.as_slice() {
        [only] => sketch.lists.iter().find(|list| list.bytes == only.value),
        _ => None,
    };
    let each: Vec<SourceBytes> = match list {
        Some(list) => list.elements.clone(),
        None => plain.iter().map(|argument| argument.value.clone()).collect(),
    };
    let whole = match list {
        Some(list) => list.bytes.clone(),
        None => each.first()?.start..each.last()?.end,
    };
    let sizes = each.iter().map(|bytes| Some(sketch.number(bytes)?.0)).collect::<Option<Vec<i64>>>()?;
    Some(ShapePlace { sizes, each, whole, is_list: list.is_some(), statement: bytes, dtype })
}

/// What a program has beside the call, in words.
fn beyond(
    sketch: &Sketch,
    constructor: &CallPlace,
    site: &CallPlace,
    shapes: &[Option<&ShapePlace>],
) -> Option<String> {
    let shown = |bytes: &SourceBytes| {
        let text = sketch.text(bytes);
        let is_shown = holds(bytes, &constructor.bytes)
            || holds(bytes, &site.bytes)
            || shapes.iter().flatten().any(|place| holds(bytes, &place.statement));
        let is_number = sketch.assignments.iter().any(|it| {
            it.whole == *bytes && sketch.numbers.iter().any(|number| holds(&it.value, &number.bytes))
        });
        is_shown
            || is_number
            || text.starts_with("import ")
            || text.starts_with("from ")
            || text.contains("manual_seed(")
            || (text.starts_with("print(") && text.contains(".shape"))
    };
    let others: Vec<u32> = sketch
        .statements
        .iter()
        .filter(|statement| !statement.is_simple || !shown(&statement.bytes))
        .map(|statement| sketch.line(statement.bytes.start))
        .collect();
    let (first, last) = (others.iter().min()?, others.iter().max()?);
    let (built, called) = (sketch.line(constructor.bytes.start), sketch.line(site.bytes.start));
    let rest = if first == last {
        format!("line {first} runs as it is")
    } else {
        format!("what else stands on lines {first} to {last} runs as it is")
    };
    Some(format!("The controls show the GRU of line {built} and its call on line {called}; {rest}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::edited;

    const CODE: &str = "import torch\nfrom torch import nn\n\ntorch.manual_seed(0)\nhidden = 16\ngru = nn.GRU(8, hidden, num_layers=2)\nx = torch.randn(5, 3, 8)\nh_0 = torch.zeros((2, 3, hidden))\nout, h_n = gru(x, h_0)\nprint(out.shape)\n";

    fn changed_by(code: &str, edits: Option<Vec<SourceEdit>>) -> String {
        edited(code, &edits.expect("it can be written")).expect("edits in order")
    }

    #[test]
    fn a_call_is_read_with_the_places_of_its_numbers() {
        let read = read_call(CODE).expect("it has one");
        assert_eq!(read.call.config.hidden_size, Some(Value::Int(16)));
        assert_eq!(read.call.config.num_layers, Some(Value::Int(2)));
        assert_eq!(read.call.input, Argument::tensor([5, 3, 8]));
        assert_eq!(read.call.h_0, Some(Argument::tensor([2, 3, 16])));
        assert_eq!((read.seed, read.beyond.as_deref()), (Some(0), None));
        let text = |field: &str| {
            let place = read.places.iter().find(|place| place.field == field).expect(field);
            (CODE[place.from..place.to].to_owned(), place.from)
        };
        assert_eq!(text("hidden_size").0, "16");
        assert_eq!(text("hidden_size"), text("h_0[2]"), "one number that two read");
        assert_eq!((text("input[1]").0.as_str(), text("seed").0.as_str()), ("3", "0"));
        let large = read_call(&CODE.replace("manual_seed(0)", "manual_seed(12345678901234567)"));
        assert_eq!(large.map(|read| read.seed), Some(None), "beyond what controls can hold");
    }

    #[test]
    fn another_call_changes_its_numbers_alone() {
        let mut call = read_call(CODE).expect("it has one").call;
        call.config.hidden_size = Some(Value::Int(32));
        call.config.bidirectional = Some(Value::Bool(true));
        call.input = Argument::tensor([5, 4, 8]);
        call.h_0 = Some(Argument::tensor([4, 4, 32]));
        let edits = rewrite_call(CODE, &call, Some(7)).expect("it can be written");
        let changed = edited(CODE, &edits).expect("edits in order");
        let due = CODE
            .replace("hidden = 16", "hidden = 32")
            .replace("num_layers=2)", "num_layers=2, bidirectional=True)")
            .replace("randn(5, 3, 8)", "randn(5, 4, 8)")
            .replace("((2, 3, hidden))", "((4, 4, hidden))")
            .replace("manual_seed(0)", "manual_seed(7)");
        assert_eq!(changed, due);
        let again = read_call(&changed).expect("it has one");
        assert_eq!((again.call.h_0, again.call.input, again.seed), (call.h_0, call.input, Some(7)));
        assert_eq!(rewrite_call(CODE, &read_call(CODE).expect("one").call, None), Some(Vec::new()));
    }

    #[test]
    fn a_state_comes_and_goes_and_a_rank_changes() {
        let mut call = read_call(CODE).expect("it has one").call;
        call.h_0 = None;
        call.input = Argument::tensor([5, 8]);
        let changed = changed_by(CODE, rewrite_call(CODE, &call, None));
        assert!(changed.contains("gru(x)\n") && changed.contains("randn(5, 8)"), "{changed}");
        call.h_0 = Some(Argument::tensor([2, 16]));
        let changed = changed_by(&changed, rewrite_call(&changed, &call, None));
        assert!(changed.contains("gru(x, torch.zeros(2, 16))"), "{changed}");
    }

    #[test]
    fn two_fields_that_read_one_number_may_come_to_differ() {
        let mut call = read_call(CODE).expect("it has one").call;
        for hidden_size in [16, 18] {
            call.h_0 = Some(Argument::tensor([2, 3, 17]));
            call.config.hidden_size = Some(Value::Int(hidden_size));
            let changed = changed_by(CODE, rewrite_call(CODE, &call, None));
            assert_eq!(read_call(&changed).map(|read| read.call), Some(call.clone()), "{changed}");
        }
        call.config.other = vec![("seq_len".to_owned(), Value::Int(1))];
        assert_eq!(rewrite_call(CODE, &call, None), None, "what the controls do not have is not written");
    }

    #[test]
    fn code_beyond_the_controls_is_named_and_more_than_one_call_is_none() {
        let more = format!("{CODE}for step in range(3):\n    print(step)\n");
        let read = read_call(&more).expect("it has one");
        assert!(read.beyond.is_some_and(|beyond| beyond.contains("line 6") && beyond.contains("11 to 12")));
        for code in [
            "",
            "x = 1\n",
            "gru = nn.GRU(8, n)\nout = gru(x)\n",
            &format!("{CODE}out = gru(x)\n"),
            "gru = nn.GRU(8,",
        ] {
            assert_eq!(read_call(code), None, "{code}");
        }
    }
}
