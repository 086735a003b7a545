//! What loading and saving say.

use super::prelude::*;

#[allow(clippy::too_many_lines, reason = "a case for each way in which names and sizes differ")]
fn state_dict(found: &Hit) -> Says {
    let site = found.site(&["load_state_dict"]).filter(|site| !site.receiver().is_empty());
    let model = site.as_ref().map_or("model", |site| site.receiver()).to_owned();
    let state = arg_or(site.as_ref(), 0, "state").to_owned();
    let text = &found.reading.flat.text;
    let mismatch = crate::form::find_last(
        "size mismatch for {name:w}: copying a param with shape {saved:s} from checkpoint, the shape in current model is {here:s}",
        text,
    );
    let class = found.text("class").to_owned();
    let holder = if class.is_empty() { model.clone() } else { class };
    if let Some(mismatch) = mismatch {
        let mismatch = Hit::new(found.reading, mismatch);
        let (name, saved, here) = (
            mismatch.text("name").to_owned(),
            mismatch.shape("saved").to_vec(),
            mismatch.shape("here").to_vec(),
        );
        let count = text.matches("size mismatch for ").count();
        let others = if count > 1 { format!(" {} more differ.", count - 1) } else { String::new() };
        let is_gate = name.contains("weight_ih") || name.contains("weight_hh") || name.contains("bias_");
        let gates = match (saved.first(), here.first()) {
            (Some(a), Some(b))
                if is_gate && a != b && a % 3 == 0 && b % 3 == 0 && !holder.contains("LSTM") =>
            {
                format!(
                    " Rows are 3 * hidden_size: it was saved with hidden_size={} and {holder} has {}.",
                    a / 3,
                    b / 3
                )
            }
            _ => String::new(),
        };
        let mut says = Says::new(
            format!(
                "{name} was saved as {} and is {} in {holder}: the model was made with other sizes than the one that was saved.{gates}{others}",
                tuple(&saved),
                tuple(&here)
            ),
            format!(
                "own = {model}.state_dict()\n{model}.load_state_dict({{k: v for k, v in {state}.items() if k in own and v.shape == own[k].shape}}, strict=False)\n# takes what fits; to have all of it, make {model} with the sizes that were saved, {}",
                tuple(&saved)
            ),
        );
        says.sizes = vec![
            ("name", name.as_str().into()),
            ("saved", saved.into()),
            ("here", here.into()),
            ("mismatches", (count as i64).into()),
        ];
        return says;
    }
    let names = |label: &str| -> Vec<String> {
        let Some(after) = text.rfind(label).map(|at| &text[at + label.len()..]) else { return Vec::new() };
        let end = after.find(". ").unwrap_or(after.len().min(4000));
        crate::text::clipped(after, end).split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let (missing, unexpected) =
        (names("Missing key(s) in state_dict:"), names("Unexpected key(s) in state_dict:"));
    let first = |names: &[String]| names.first().cloned().unwrap_or_default();
    let prefix = ["module.", "_orig_mod.", "model."]
        .into_iter()
        .find(|prefix| first(&unexpected).starts_with(prefix) && !first(&missing).starts_with(prefix));
    let (cause, mend) = if let Some(prefix) = prefix {
        (
            format!(
                "Every name of the file begins with '{prefix}' ({}), and {holder} has none of it ({}): it was saved through {}.",
                first(&unexpected),
                first(&missing),
                if prefix == "module." {
                    "DataParallel"
                } else if prefix == "model." {
                    "another module around it"
                } else {
                    "torch.compile"
                }
            ),
            format!(
                "{model}.load_state_dict({{k.removeprefix(\"{prefix}\"): v for k, v in {state}.items()}})"
            ),
        )
    } else if first(&missing).starts_with("module.") {
        (
            format!(
                "{holder} is wrapped in DataParallel, so its names begin with 'module.' ({}), and those of the file do not.",
                first(&missing)
            ),
            format!("{model}.module.load_state_dict({state})"),
        )
    } else if ["model_state_dict", "state_dict", "model", "epoch", "optimizer_state_dict", "net"]
        .contains(&first(&unexpected).as_str())
    {
        let key = ["model_state_dict", "state_dict", "model", "net"]
            .into_iter()
            .find(|key| unexpected.iter().any(|name| name == key))
            .unwrap_or("model_state_dict");
        (
            format!(
                "The file is a checkpoint with several parts ({}), and the state dict is one of them.",
                unexpected.join(", ")
            ),
            format!("{model}.load_state_dict({state}[\"{key}\"])"),
        )
    } else {
        let lacks = if missing.is_empty() {
            String::new()
        } else {
            format!(" {} of its names are not in the file, first {}.", missing.len(), first(&missing))
        };
        let more = if unexpected.is_empty() {
            String::new()
        } else {
            format!(" {} of the file's names are not in it, first {}.", unexpected.len(), first(&unexpected))
        };
        (
            format!(
                "{holder} is not the model that was saved:{lacks}{more} A layer was renamed, or num_layers, bias or bidirectional differ."
            ),
            format!(
                "{model}.load_state_dict({state}, strict=False)  # takes what fits and leaves the others as they were drawn\n# for all of it: make {model} as it was saved; compare print({model}.state_dict().keys()) with print({state}.keys())"
            ),
        )
    };
    let mut says = Says::new(cause, mend);
    says.sizes =
        vec![("missing", (missing.len() as i64).into()), ("unexpected", (unexpected.len() as i64).into())];
    if let Some(name) = missing.first() {
        says.sizes.push(("first_missing", name.as_str().into()));
    }
    if let Some(name) = unexpected.first() {
        says.sizes.push(("first_unexpected", name.as_str().into()));
    }
    says
}

fn weights_only(found: &Hit) -> Says {
    let site = found.site(&["load"]).filter(|site| site.receiver() == "torch");
    let path = arg_or(site.as_ref(), 0, "path").to_owned();
    let text = &found.reading.flat.text;
    let name =
        text.split("GLOBAL ").nth(1).and_then(|rest| rest.split([' ', ',']).next()).unwrap_or("").to_owned();
    let what = if name.is_empty() { String::new() } else { format!(": {name} among others") };
    Says::new(
        format!(
            "Since 2.6 torch.load reads tensors alone (weights_only=True), and {path} has Python objects in it{what}: a whole model or a config was saved, not a state dict. To read such a file is to run its code, so only do it with your own."
        ),
        format!(
            "{}  # your own file\n# better: save model.state_dict(), and load it into a model made by the same code",
            site.map_or_else(
                || format!("model = torch.load({path}, weights_only=False)"),
                |site| site.with_keyword("weights_only", "False")
            )
        ),
    )
}

fn map_location(found: &Hit) -> Says {
    let site = found.site(&["load"]).filter(|site| site.receiver() == "torch");
    Says::new(
        "The file was saved from a GPU, and this machine has none: its tensors must be told to go to the CPU.",
        site.map_or_else(
            || "state = torch.load(path, map_location=\"cpu\")".to_owned(),
            |site| site.with_keyword("map_location", "\"cpu\""),
        ),
    )
}

fn pickled_class(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    Says::new(
        format!(
            "The whole model was saved, and a pickled model has only the name of its class, {name}: the class must be defined where it is loaded."
        ),
        format!(
            "from train import {name}  # or define class {name} in this notebook before torch.load\nmodel = {name}()\nmodel.load_state_dict(state)"
        ),
    )
}

fn broken(found: &Hit) -> Says {
    let key = if found.has("key") {
        format!(
            " It begins with '{}'{}.",
            found.text("key"),
            match found.text("key") {
                "<" => ": it is a web page, not the file",
                "v" => ": it is a pointer of Git LFS, not the file",
                _ => "",
            }
        )
    } else {
        String::new()
    };
    Says::new(
        format!(
            "The file is no file of torch.save, or not all of it: a download or a save was cut off.{key}"
        ),
        "import os\nprint(os.path.getsize(path), open(path, \"rb\").read(40))  # then download or save it again",
    )
}

fn dict_as_model(found: &Hit) -> Says {
    let attribute = found.text("attribute").to_owned();
    let line = found.line().unwrap_or("model.eval()").to_owned();
    let name = line
        .split(&format!(".{attribute}"))
        .next()
        .unwrap_or("model")
        .rsplit([' ', '=', '('])
        .next()
        .unwrap_or("model")
        .to_owned();
    let name = if is_dotted(&name) { name } else { "model".to_owned() };
    Says::new(
        format!(
            "{name} is a state dict, names with tensors, not a model: torch.load gives back what was saved, and .{attribute} belongs to a model."
        ),
        format!(
            "state = {name}\n{name} = Net()  # the class of the model, with the sizes that were saved\n{name}.load_state_dict(state)\n{line}"
        ),
    )
}

fn not_a_dict(found: &Hit) -> Says {
    let site = found.site(&["load_state_dict"]);
    let arg = arg_or(site.as_ref(), 0, "path").to_owned();
    let kind = found.text("type").to_owned();
    let mended =
        if kind.contains("str") { format!("torch.load({arg})") } else { format!("{arg}.state_dict()") };
    Says::new(
        format!(
            "load_state_dict takes a dict of tensors, and {arg} is a {}: {}.",
            kind.trim_start_matches("<class '").trim_end_matches(['\'', '>']),
            if kind.contains("str") { "a path is loaded first" } else { "a whole model was saved or given" }
        ),
        site.map_or_else(|| format!("model.load_state_dict({mended})"), |site| site.with_arg(0, &mended)),
    )
}

fn optimizer_groups(_: &Hit) -> Says {
    Says::new(
        "The optimiser's saved state is of a model with another number of parameters: a layer was added, taken or frozen since.",
        "optimizer = torch.optim.Adam(model.parameters(), lr=0.001)  # begin its state anew; load only the model's",
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "state-dict",
        "a state dict that does not fit the model",
        &["Error(s) in loading state_dict for {class:w}", "size mismatch for {_name:w}: copying a param with shape", "Missing key(s) in state_dict:", "Unexpected key(s) in state_dict:"],
        "strict=False alone, where sizes differ: it forgives names, never sizes.",
        state_dict,
    ),
    TextKind::new("weights-only", "torch.load refuses Python objects", &["Weights only load failed", "Unsupported global: GLOBAL {_global:w}"], "", weights_only),
    TextKind::new("map-location", "a file from a GPU on a machine without one", &["Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False", "Attempting to deserialize object on CUDA device {device} but torch.cuda.device_count() is {count}"], "model.cpu() afterwards: the loading itself fails.", map_location),
    TextKind::new("pickled-class", "a saved model whose class is not here", &["Can't get attribute '{name:w}' on <module '"], "", pickled_class),
    TextKind::new("broken-file", "a file that is cut off or no file of torch.save", &["PytorchStreamReader failed", "invalid load key, '{key:q}'", "unexpected EOF, expected", "Ran out of input", "unpickling stack underflow"], "another map_location.", broken),
    TextKind::new("dict-as-model", "a state dict is used as a model", &["'collections.OrderedDict' object has no attribute '{attribute:w}'", "'OrderedDict' object has no attribute '{attribute:w}'", "'OrderedDict' object is not callable{attribute:w}"], "", dict_as_model),
    TextKind::new("not-a-state-dict", "load_state_dict of what is no state dict", &["Expected state_dict to be dict-like, got {type:q}. ", "'str' object has no attribute 'copy'{type:w}"], "", not_a_dict),
    TextKind::new("optimizer-state", "an optimiser's state of another model", &["loaded state dict contains a parameter group that doesn't match the size of optimizer's group", "loaded state dict has a different number of parameter groups"], "", optimizer_groups),
    TextKind::new("load-warning", "torch.load may run code", &["You are using torch.load with weights_only=False"], "", |found| Says { cause: "torch.load with weights_only=False runs what the file says; from 2.6 on True is the default. With your own file nothing is wrong.".to_owned(), ..{
        let site = found.site(&["load"]).filter(|site| site.receiver() == "torch");
        Says::new("", site.map_or_else(|| "state = torch.load(path, weights_only=True)".to_owned(), |site| site.with_keyword("weights_only", "True")))
    } }).warns(),
];
