//! What data sets, loaders and the collating of samples say.

use super::prelude::*;

fn collate(found: &Hit) -> Says {
    let (a, b) = (found.shape("first").to_vec(), found.shape("other").to_vec());
    Says::new(
        format!(
            "The DataLoader stacks the samples of a batch, and they are of two shapes: the first is {}, number {} is {}. Sequences of several lengths need padding.",
            tuple(&a),
            found.int("entry"),
            tuple(&b)
        ),
        "def collate(batch):\n    xs, ys = zip(*batch)\n    lengths = torch.tensor([len(x) for x in xs])\n    return nn.utils.rnn.pad_sequence(xs, batch_first=True), torch.as_tensor(ys), lengths\nloader = torch.utils.data.DataLoader(dataset, batch_size=32, collate_fn=collate)",
    )
}

fn collate_type(found: &Hit) -> Says {
    let kind = found.text("type").trim_start_matches("<class '").trim_end_matches(['\'', '>']).to_owned();
    Says::new(
        format!(
            "The DataLoader makes tensors of what __getitem__ returns, and it returned {kind}, which it cannot stack."
        ),
        "def __getitem__(self, i):\n    return torch.as_tensor(self.x[i], dtype=torch.float32), torch.as_tensor(self.y[i])  # tensors, no None",
    )
}

fn collate_lists(_: &Hit) -> Says {
    Says::new(
        "The samples of a batch are lists of different lengths, and the DataLoader puts them together place by place.",
        "def collate(batch):\n    xs, ys = zip(*batch)\n    return nn.utils.rnn.pad_sequence([torch.as_tensor(x) for x in xs], batch_first=True), torch.as_tensor(ys)\nloader = torch.utils.data.DataLoader(dataset, batch_size=32, collate_fn=collate)",
    )
}

fn dataset_sizes(found: &Hit) -> Says {
    let site = found.site(&["TensorDataset"]);
    let (x, y) = (arg_or(site.as_ref(), 0, "x").to_owned(), arg_or(site.as_ref(), 1, "y").to_owned());
    Says::new(
        format!(
            "TensorDataset pairs the rows of its tensors, so {x} and {y} must have the same first axis, and they have not: windows often give fewer inputs than there are targets."
        ),
        format!(
            "n = min(len({x}), len({y}))\n{}",
            site.map_or_else(
                || format!("dataset = TensorDataset({x}[:n], {y}[:n])"),
                |site| {
                    let args: Vec<String> = site.args.iter().map(|arg| format!("{arg}[:n]")).collect();
                    site.with_args(&args)
                }
            )
        ),
    )
}

fn random_split(found: &Hit) -> Says {
    let site = found.site(&["random_split"]);
    let data = arg_or(site.as_ref(), 0, "dataset").to_owned();
    let mend = site.map_or_else(
        || format!("train, valid = random_split({data}, [n_train, len({data}) - n_train])"),
        |site| site.with_arg(1, &format!("[n_train, len({data}) - n_train]")),
    );
    Says::new(
        format!("The parts do not add up to len({data}): int() rounds each of them down."),
        format!("n_train = int(0.8 * len({data}))\n{mend}"),
    )
}

fn no_samples(found: &Hit) -> Says {
    let n = found.int("n");
    Says::new(
        format!(
            "The data set is empty, len(dataset) = {n}: a filter, a path or a window longer than the series left nothing, and shuffle=True needs at least one sample."
        ),
        "print(len(dataset))\nassert len(dataset) > 0  # look at the path, the filter, the window's length",
    )
}

fn worker(found: &Hit) -> Says {
    let pid = found.int("pid");
    Says::new(
        format!(
            "A worker process of the DataLoader (pid {pid}) died: out of shared memory, killed by the system, or its own error is printed above."
        ),
        "loader = torch.utils.data.DataLoader(dataset, batch_size=32, shuffle=True, num_workers=0)  # shows the true error",
    )
}

fn bootstrapping(_: &Hit) -> Says {
    Says::new(
        "On Windows and macOS a worker process imports the script again, and the script starts workers at its top level.",
        "if __name__ == \"__main__\":\n    main()  # all that trains goes into main(); or num_workers=0",
    )
}

fn cannot_pickle(found: &Hit) -> Says {
    let what = found.text("what").to_owned();
    Says::new(
        format!(
            "{what} is defined within a function (or is a lambda, a file, a generator), and a worker process or torch.save needs what can be pickled: names at the top level of a module."
        ),
        "loader = torch.utils.data.DataLoader(dataset, batch_size=32, collate_fn=collate, num_workers=0)  # or def at the top level instead of lambda",
    )
}

fn no_len(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    Says::new(
        format!(
            "len() is asked of a {kind}, which has none: a Dataset needs __len__ and __getitem__, and a generator has no length."
        ),
        "def __len__(self):\n    return len(self.x)",
    )
}

fn workers_warning(found: &Hit) -> Says {
    let (asked, most) = (found.int("asked"), found.int("most"));
    Says::new(
        format!(
            "num_workers={asked} is more than this machine has processors for ({most}): it is slower, not wrong."
        ),
        format!("loader = torch.utils.data.DataLoader(dataset, batch_size=32, num_workers={most})"),
    )
}

fn shuffle_and_sampler(found: &Hit) -> Says {
    let site = found.site(&["DataLoader"]);
    Says::new(
        "A sampler decides the order, and shuffle=True would too: only one of them can.",
        site.map_or_else(
            || "loader = DataLoader(dataset, batch_size=32, sampler=sampler)".to_owned(),
            |site| site.with_keyword("shuffle", "False"),
        ),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "collate-sizes",
        "samples of several lengths in a batch",
        &["stack expects each tensor to be equal size, but got {first:s} at entry {_i} and {other:s} at entry {entry}"],
        "another batch_size (1 runs, and hides it).",
        collate,
    )
    .only(|found| found.passes("collate") || found.mentions("default_collate") || found.mentions("DataLoader") || found.mentions("in loader")),
    TextKind::new("collate-type", "samples that are no tensors", &["batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class '{type:w}'>", "batch must contain tensors, numpy arrays, numbers, dicts or lists; found {type:w}"], "", collate_type),
    TextKind::new("collate-lists", "samples that are lists of several lengths", &["each element in list of batch should be of equal size"], "", collate_lists),
    TextKind::new("dataset-sizes", "inputs and targets differ in number", &["Size mismatch between tensors"], "", dataset_sizes),
    TextKind::new("random-split", "the parts of a split do not add up", &["Sum of input lengths does not equal the length of the input dataset"], "", random_split),
    TextKind::new("no-samples", "an empty data set", &["num_samples should be a positive integer value, but got num_samples={n}"], "shuffle=False: the loop then runs zero times.", no_samples),
    TextKind::new("worker-died", "a worker of the DataLoader died", &["DataLoader worker (pid(s) {pid}) exited unexpectedly", "DataLoader worker (pid {pid}) is killed by signal", "DataLoader worker (pid(s) {pid}, "], "", worker),
    TextKind::new("bootstrapping", "workers are started at a script's top level", &["An attempt has been made to start a new process before the current process has finished its bootstrapping phase"], "", bootstrapping),
    TextKind::new("cannot-pickle", "something local is pickled", &["Can't pickle local object '{what:q}'", "Can't get local object '{what:q}'", "cannot pickle '{what:q}' object", "Can't pickle {what:q}: attribute lookup"], "", cannot_pickle),
    TextKind::new("no-length", "len() of what has none", &["object of type '{type:w}' has no len()"], "", no_len).python(),
    TextKind::new("sampler-and-shuffle", "sampler and shuffle at once", &["sampler option is mutually exclusive with shuffle"], "", shuffle_and_sampler),
    TextKind::new("many-workers", "more workers than processors", &["This DataLoader will create {asked} worker processes in total. Our suggested max number of worker in current system is {most}"], "", workers_warning).warns(),
];
