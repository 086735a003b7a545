//! Which modules there are: what is written in Python of each, and what Python has besides.

pub const BUILTINS: &str = include_str!("../prelude/builtins.py");

const SOURCES: &[(&str, &str)] = &[
    ("builtins", ""),
    ("math", ""),
    ("random", include_str!("../prelude/random.py")),
    ("time", include_str!("../prelude/time.py")),
    ("string", include_str!("../prelude/string.py")),
    ("copy", include_str!("../prelude/copy.py")),
    ("abc", include_str!("../prelude/abc.py")),
    ("os", include_str!("../prelude/os.py")),
    ("sys", include_str!("../prelude/sys.py")),
    ("warnings", include_str!("../prelude/warnings.py")),
    ("contextlib", include_str!("../prelude/contextlib.py")),
    ("typing", include_str!("../prelude/typing.py")),
    ("enum", include_str!("../prelude/enum.py")),
    ("io", include_str!("../prelude/io.py")),
    ("operator", include_str!("../prelude/operator.py")),
    ("functools", include_str!("../prelude/functools.py")),
    ("itertools", include_str!("../prelude/itertools.py")),
    ("collections", include_str!("../prelude/collections.py")),
    ("collections.abc", include_str!("../prelude/collections_abc.py")),
    ("dataclasses", include_str!("../prelude/dataclasses.py")),
    ("numpy", include_str!("../prelude/numpy.py")),
    ("numpy.random", include_str!("../prelude/numpy_random.py")),
    ("torch", include_str!("../prelude/torch.py")),
    ("torch._composed", include_str!("../prelude/composed.py")),
    ("torch.nn", include_str!("../prelude/nn.py")),
    ("torch.nn.functional", include_str!("../prelude/functional.py")),
    ("torch.nn.init", include_str!("../prelude/init.py")),
    ("torch.nn.utils", include_str!("../prelude/nn_utils.py")),
    ("torch.nn.utils.rnn", include_str!("../prelude/rnn_utils.py")),
    ("torch.nn.parameter", "from torch.nn import Parameter\n"),
    ("torch.nn.modules", "from torch.nn import *\n"),
    ("torch.nn._recurrent", include_str!("../prelude/recurrent.py")),
    ("torch.nn._layers", include_str!("../prelude/layers.py")),
    ("torch.nn._losses", include_str!("../prelude/losses.py")),
    ("torch.optim", include_str!("../prelude/optim.py")),
    ("torch.optim.lr_scheduler", include_str!("../prelude/schedulers.py")),
    ("torch.utils", ""),
    ("torch.utils.data", include_str!("../prelude/data.py")),
    ("torch.autograd", include_str!("../prelude/autograd.py")),
    ("torch.cuda", include_str!("../prelude/cuda.py")),
    ("torch.backends", "import torch.backends.mps\nimport torch.backends.cudnn\n"),
    ("torch.backends.mps", "def is_available():\n    return False\n\ndef is_built():\n    return False\n"),
    (
        "torch.backends.cudnn",
        "deterministic = False\nbenchmark = False\nenabled = True\n\ndef is_available():\n    return False\n",
    ),
    ("torch.linalg", include_str!("../prelude/linalg.py")),
];

pub fn source(path: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(name, _)| *name == path).map(|(_, source)| *source)
}

pub fn is_module(path: &str) -> bool {
    source(path).is_some()
}

pub fn is_package(path: &str) -> bool {
    let inside = format!("{path}.");
    SOURCES.iter().any(|(name, _)| name.starts_with(&inside))
}

/// Whether Python's standard library, or a package that learners have, goes by the name.
pub fn exists_elsewhere(name: &str) -> bool {
    is_standard(name)
        || [
            "torchvision",
            "torchtext",
            "torchaudio",
            "pandas",
            "matplotlib",
            "sklearn",
            "scipy",
            "tqdm",
            "transformers",
            "seaborn",
            "tensorflow",
            "keras",
            "nltk",
            "spacy",
            "datasets",
            "PIL",
            "cv2",
            "requests",
            "torchinfo",
            "torchsummary",
            "lightning",
            "pytorch_lightning",
            "einops",
            "yfinance",
            "gensim",
            "IPython",
            "pytest",
        ]
        .contains(&name)
}

pub fn is_standard(name: &str) -> bool {
    [
        "math",
        "random",
        "time",
        "string",
        "copy",
        "abc",
        "os",
        "sys",
        "warnings",
        "contextlib",
        "typing",
        "enum",
        "operator",
        "functools",
        "itertools",
        "collections",
        "dataclasses",
        "re",
        "json",
        "pathlib",
        "datetime",
        "csv",
        "io",
        "pickle",
        "logging",
        "argparse",
        "subprocess",
        "threading",
        "multiprocessing",
        "asyncio",
        "statistics",
        "heapq",
        "bisect",
        "decimal",
        "fractions",
        "textwrap",
        "types",
        "inspect",
        "traceback",
        "unittest",
        "glob",
        "shutil",
        "tempfile",
        "urllib",
        "http",
        "socket",
        "struct",
        "hashlib",
        "base64",
        "uuid",
        "pprint",
        "queue",
        "array",
        "gc",
        "platform",
        "signal",
        "zipfile",
        "gzip",
        "cmath",
        "calendar",
        "locale",
        "secrets",
        "weakref",
    ]
    .contains(&name)
}

/// Functions of Python's own that are not here.
const BUILTINS_REFUSED: &[&str] = &[
    "eval",
    "exec",
    "compile",
    "input",
    "open",
    "locals",
    "memoryview",
    "bytearray",
    "complex",
    "breakpoint",
    "help",
    "aiter",
    "anext",
    "globals",
];

/// Modules of which a part is here: all their other public names are refused.
const IN_PART: &[&str] = &[
    "math",
    "random",
    "time",
    "os",
    "sys",
    "typing",
    "collections",
    "itertools",
    "functools",
    "string",
    "contextlib",
    "operator",
    "enum",
    "io",
    "numpy",
    "numpy.random",
    "dataclasses",
    "copy",
    "warnings",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.utils",
    "torch.utils.data",
    "torch.nn.utils",
    "torch.nn.utils.rnn",
    "torch.nn.init",
    "torch.autograd",
    "torch.cuda",
    "torch.backends",
    "torch.linalg",
];

/// The names of a module or class that are refused one by one.
pub fn refused_names(of: &str) -> impl Iterator<Item = &'static str> {
    let (list, text): (&[&str], &str) = match of {
        "builtins" => (BUILTINS_REFUSED, ""),
        "torch" => (&[], include_str!("../prelude/torch_refused.txt")),
        "torch.nn" => (&[], include_str!("../prelude/nn_refused.txt")),
        "torch.nn.functional" => (&[], include_str!("../prelude/functional_refused.txt")),
        "Tensor" => (&[], include_str!("../prelude/tensor_refused.txt")),
        _ => (&[], ""),
    };
    list.iter().copied().chain(text.split_whitespace())
}

/// Whether every public name of a module that is not here is refused.
pub fn refuses_others(of: &str) -> bool {
    IN_PART.contains(&of)
}

/// The modules that are here.
pub fn paths() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(path, _)| *path)
}

/// Whether a name is known to exist in a module that is here in part.
pub fn is_refused(module: &str, name: &str) -> bool {
    refused_names(module).any(|known| known == name) || (refuses_others(module) && !name.starts_with('_'))
}
