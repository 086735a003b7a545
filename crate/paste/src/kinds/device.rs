//! Types that do not meet, and devices.

use super::prelude::*;

fn two_devices(found: &Hit) -> Says {
    let (a, b) = (
        found.text("first").trim_end_matches(['.', ',']).to_owned(),
        found.text("second").trim_end_matches(['.', ',', '!']).to_owned(),
    );
    let site = found.module_call();
    let module = found.module().0;
    let is_dotted_module = is_dotted(&module);
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let parameters = format!("next({module}.parameters()).device");
    let (cause, mend) = if found.has("hidden") {
        let h = arg_or(site.as_ref(), 1, "h_0").to_owned();
        let hidden = found.text("hidden").to_owned();
        (
            format!(
                "{x} is at {a} and the state {h} at {hidden}: a state that is made with torch.zeros lies on the CPU unless it is told otherwise."
            ),
            site.map_or_else(
                || format!("{h} = {h}.to({x}.device)"),
                |site| site.with_arg(1, &format!("{h}.to({x}.device)")),
            ),
        )
    } else {
        (
            format!(
                "{} and {} meet in one operation, and all its tensors must be on one device: the model was moved and the data was not, or a tensor made inside forward (torch.zeros) stayed on the CPU.",
                if a.is_empty() { "Two devices" } else { &a },
                if b.is_empty() { "another" } else { &b }
            ),
            match site {
                Some(site) if is_dotted_module => site.with_arg(0, &format!("{x}.to({parameters})")),
                _ => before_line(
                    &format!(
                        "{x} = {x}.to({})",
                        if is_dotted_module { parameters } else { "device".to_owned() }
                    ),
                    found,
                ),
            },
        )
    };
    Says::new(cause, mend)
}

fn weight_device(found: &Hit) -> Says {
    let (input, weight) = (found.text("input").to_owned(), found.text("weight").to_owned());
    let site = found.call();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let (is_cuda, wants_cuda) = (input.contains("cuda"), weight.contains("cuda"));
    let (cause, arg) = if is_cuda == wants_cuda {
        (
            format!("{x} is {input} and the weights are {weight}: one type is due."),
            format!("{x}.to({})", dtype(&weight)),
        )
    } else {
        let place = |is_cuda: bool| if is_cuda { "on the GPU" } else { "on the CPU" };
        (
            format!(
                "{x} is {input}, {}, and the weights are {weight}, {}.",
                place(is_cuda),
                place(wants_cuda)
            ),
            if wants_cuda { format!("{x}.to(\"cuda\")") } else { format!("{x}.cpu()") },
        )
    };
    Says::new(cause, site.map_or_else(|| format!("y = model({arg})"), |site| site.with_arg(0, &arg)))
}

fn no_cuda(_: &Hit) -> Says {
    Says::new(
        "This machine, or this build of PyTorch, has no CUDA: .cuda() and .to(\"cuda\") have nowhere to go.",
        "device = torch.device(\"cuda\" if torch.cuda.is_available() else \"cpu\")\nmodel = model.to(device)\nx = x.to(device)",
    )
}

fn cuda_memory(found: &Hit) -> Says {
    let (amount, unit) = (found.text("amount").to_owned(), found.text("unit").to_owned());
    let asked =
        if amount.is_empty() { String::new() } else { format!(" {amount} {unit} more were asked for.") };
    Says::new(
        format!(
            "The GPU's memory is full.{asked} A batch too large, sequences too long, or losses that are summed as tensors and keep every graph."
        ),
        "total_loss += loss.item()  # not loss: it keeps the graph\nloader = torch.utils.data.DataLoader(dataset, batch_size=16)  # half the batch, until it fits\n# to predict: with torch.no_grad():",
    )
}

fn cpu_memory(found: &Hit) -> Says {
    let bytes = found.int("bytes");
    Says::new(
        format!(
            "One tensor of {bytes} bytes ({:.1} GB) was asked for, more than the memory has: a size is wrong, or axes were broadcast against each other.",
            bytes as f64 / 1e9
        ),
        before_line("print(x.shape, y.shape)  # a loss of (N,) and (N, 1) makes (N, N)", found),
    )
}

fn device_assert(found: &Hit) -> Says {
    let what = if found.mentions("n_classes") || found.mentions("cur_target") {
        " The assertion says which: a target is below 0 or not below the number of classes."
    } else if found.mentions("srcIndex") || found.mentions("indexSelect") {
        " The assertion says which: an index that an embedding has no row for."
    } else {
        " It is most often a target beyond the classes, or an index beyond an embedding."
    };
    Says::new(
        format!(
            "A kernel on the GPU found an index out of its range, and the line shown is a later one, for the GPU runs behind.{what}"
        ),
        "x, y, model = x.cpu(), y.cpu(), model.cpu()  # after a restart of the kernel: the CPU names the line and the value\nloss = criterion(model(x), y)",
    )
}

fn cudnn(found: &Hit) -> Says {
    let status = found.text("status").trim_end_matches(['.', ',', ':']).to_owned();
    let (cause, mend) = match status.as_str() {
        "NOT_SUPPORTED" => (
            "it got a tensor in a form that it does not take, most often a view (transpose, permute)",
            before_line("x = x.contiguous()", found),
        ),
        "BAD_PARAM" => (
            "a size or a type does not fit: x and h_0 of two types, a length of 0, or a wrong batch",
            "out, h_n = gru.cpu()(x.cpu())  # the CPU's message names what does not fit".to_owned(),
        ),
        "MAPPING_ERROR" | "INTERNAL_ERROR" => (
            "an index was out of range in an operation before, or the memory is full",
            "out, h_n = gru.cpu()(x.cpu())  # the CPU's message names what does not fit".to_owned(),
        ),
        _ => (
            "its driver, version or memory do not fit",
            "torch.backends.cudnn.enabled = False  # to see the true message".to_owned(),
        ),
    };
    Says::new(format!("cuDNN refused with {status}: {cause}."), mend)
}

fn same_dtype(found: &Hit) -> Says {
    let (a, b) = (
        found.text("first").trim_end_matches(['.', ',']).to_owned(),
        found.text("second").trim_end_matches(['.', ',']).to_owned(),
    );
    let float = |kind: &str| dtype(kind) == "torch.float32";
    let site = found.call().filter(|site| site.arg(0).is_some());
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let is_state = site.as_ref().is_some_and(|site| site.args.len() > 1)
        && (found.passes("rnn.py") || found.mentions("_VF.gru"));
    let words = if a.is_empty() { "two types".to_owned() } else { format!("two types, {a} and {b}") };
    if is_state {
        let h = arg_or(site.as_ref(), 1, "h_0").to_owned();
        return Says::new(
            format!(
                "x and the state {h} have {words}, and they are multiplied and added: one type is due. float32 (Float) is PyTorch's default; numpy's is float64 (Double)."
            ),
            site.map_or_else(String::new, |site| site.with_arg(1, &format!("{h}.to({x}.dtype)"))),
        );
    }
    let target = if a.is_empty() || float(&a) || float(&b) {
        "float()".to_owned()
    } else {
        format!("to({})", dtype(&b))
    };
    let mend = match found.line() {
        Some(line)
            if line.contains(" @ ")
                && site.as_ref().is_none_or(|site| {
                    !line.contains(&format!("{}(", site.callee)) || line.starts_with("print")
                }) =>
        {
            let right = line
                .split(" @ ")
                .nth(1)
                .unwrap_or("W")
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c))
                .collect::<String>();
            format!("{right} = {right}.{target}\n{line}")
        }
        _ => {
            site.map_or_else(|| format!("x = x.{target}"), |site| site.with_arg(0, &format!("{x}.{target}")))
        }
    };
    Says::new(
        format!(
            "{words} meet in one product, and one is due: numpy's numbers are float64 (Double), indices int64 (Long), and the weights float32 (Float).",
            words = capital(&words)
        ),
        mend,
    )
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn mean_of_ints(found: &Hit) -> Says {
    let kind = found.text("type").trim_end_matches('.').to_owned();
    let site = found.site(&["mean", "std", "var", "norm", "softmax"]);
    let mend = site.map_or_else(
        || "m = x.float().mean()".to_owned(),
        |site| {
            let call = format!("{}.float().{}({})", site.receiver(), site.name(), site.args.join(", "));
            site.with(&call)
        },
    );
    Says::new(
        format!("A mean is no whole number, and the tensor is {kind}: it has to be made float first."),
        mend,
    )
}

fn mps_double(found: &Hit) -> Says {
    let x = found.call().map_or_else(|| "x".to_owned(), |site| site.receiver().to_owned());
    let x = if x.is_empty() { "x".to_owned() } else { x };
    Says::new(
        "The GPU of a Mac (MPS) has no float64, which numpy's numbers are.",
        before_line(&format!("{x} = {x}.float()"), found),
    )
}

fn data_parallel(found: &Hit) -> Says {
    let (due, other) = (found.text("due").to_owned(), found.text("other").to_owned());
    Says::new(
        format!("DataParallel takes a model that lies on {due}, and a part of this one is on {other}."),
        "model = nn.DataParallel(model.to(\"cuda:0\"))",
    )
}

fn kernel_image(_: &Hit) -> Says {
    Says::new(
        "This build of PyTorch has no code for this GPU: the card is older or newer than the build.",
        "print(torch.__version__, torch.cuda.get_device_capability(), torch.cuda.get_arch_list())\ndevice = torch.device(\"cpu\")  # until PyTorch is installed for this card",
    )
}

fn product_in_two_types(found: &Hit) -> bool {
    !found.mentions("target dtype")
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "two-devices",
        "tensors on two devices",
        &[
            "Input and hidden tensors are not at the same device, found input tensor at {first:w} and hidden tensor at {hidden:w}",
            "Input and parameter tensors are not at the same device, found input tensor at {first:w} and parameter tensor at {second:w}",
            "Expected all tensors to be on the same device, but found at least two devices, {first:w} and {second:w}",
            "Expected all tensors to be on the same device, but got {_a:q} is on {first:w}, different from other tensors on {second:w}",
            "Tensor for argument #{_n} '{_a:w}' is on {first:w}, but expected it to be on {second:w}",
            "Tensor for '{_a:w}' is on {first:w}, but expected it to be on {second:w}",
            "Expected object of device type {first:w} but got device type {second:w}",
            "Expected object of backend {first:w} but got backend {second:w}",
            "indices should be either on cpu or on the same device as the indexed tensor ({first:w})",
            "Placeholder storage has not been allocated on {first:w} device",
            "Input, output and indices must be on the current device",
        ],
        "x.to(device) without assigning it: it returns a new tensor (model.to(device) moves the model itself).",
        two_devices,
    ),
    TextKind::new("weight-type", "input and weights of two types or devices", &["Input type ({input:w}) and weight type ({weight:w}) should be the same", "Input type ({input:w}) and bias type ({weight:w}) should be the same"], "", weight_device),
    TextKind::new("no-cuda", "there is no CUDA", &["Torch not compiled with CUDA enabled", "No CUDA GPUs are available", "Found no NVIDIA driver on your system", "Cannot initialize CUDA without ATen_cuda library", "Invalid device string: 'cuda"], "map_location alone: it is for loading.", no_cuda),
    TextKind::new("cuda-memory", "the GPU's memory is full", &["CUDA out of memory. Tried to allocate {amount:w} {unit:w}", "CUDA error: out of memory", "MPS backend out of memory"], "torch.cuda.empty_cache(): it gives back what is free already.", cuda_memory),
    TextKind::new("cpu-memory", "a tensor beyond the memory", &["not enough memory: you tried to allocate {bytes} bytes", "can't allocate memory: you tried to allocate {bytes} bytes"], "", cpu_memory),
    TextKind::new("device-assert", "an index out of range on the GPU", &["device-side assert triggered", "Assertion t >= 0 && t < n_classes failed", "Assertion cur_target >= 0 && cur_target < n_classes failed", "Assertion srcIndex < srcSelectDimSize failed"], "going on in the same kernel: the GPU answers nothing more until a restart.", device_assert),
    TextKind::new("cudnn-status", "cuDNN refuses", &["CUDNN_STATUS_{status:w}"], "installing CUDA again, before the message of the CPU was read.", cudnn),
    TextKind::new(
        "two-dtypes",
        "two types in one product",
        &[
            "mat1 and mat2 must have the same dtype, but got {first:w} and {second:w}",
            "mat1 and mat2 must have the same dtype",
            "expected m1 and m2 to have the same dtype, but got: {first:w} != {second:w}",
            "expected mat1 and mat2 to have the same dtype, but got: {first:w} != {second:w}",
            "Input and hidden tensors are not the same dtype, found input tensor with {first:w} and hidden tensor with {second:w}",
            "Expected object of scalar type {first:w} but got scalar type {second:w}",
            "expected scalar type {first:w} but found {second:w}",
            "both arguments to matmul need to be at least 1D, but they are {_a}D and {_b}D",
            "expected both vectors to have same dtype, but found {first:w} and {second:w}",
            "Expected query, key, and value to have the same dtype, but got query.dtype: {first:w} key.dtype: {second:w}",
        ],
        "x.float() without assigning it.",
        same_dtype,
    )
    .only(product_in_two_types),
    TextKind::new("mean-of-ints", "a mean of whole numbers", &["could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {type:w}", "Can only calculate the mean of floating types. Got {type:w}", "can only calculate the mean of floating types. Got {type:w}"], "", mean_of_ints),
    TextKind::new("kernel-image", "a build without code for this GPU", &["no kernel image is available for execution on the device"], "", kernel_image),
    TextKind::new("mps-double", "a Mac's GPU has no float64", &["Cannot convert a MPS Tensor to float64 dtype", "Trying to convert Double to the MPS backend"], "", mps_double),
    TextKind::new("data-parallel-device", "DataParallel's model on another device", &["module must have its parameters and buffers on device {due:w} (device_ids[0]) but found one of them on device: {other:w}"], "", data_parallel),
];
