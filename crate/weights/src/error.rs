use thiserror::Error;

use call::diagnostic::{Diagnostic, Fix, Severity};
use nn::cost::{Count, Refusal, in_words};

/// Why a file gives no weights.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// There is no byte.
    #[error("the file is empty")]
    Empty,
    /// The file, or all of its numbers in float32, are more than is read.
    #[error("the file {0}")]
    TooLarge(Refusal),
    /// More of something than any state dict of a GRU needs.
    #[error("the file has more {what} than the {limit} that are read here")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// A list of tensors that is longer than is read.
    #[error("the list of tensors claims {}, the limit here is {}", bytes(*claims), bytes(*limit as u64))]
    LongHeader {
        /// The bytes that it claims.
        claims: u64,
        /// The bytes that are read.
        limit: usize,
    },
    /// The file ends before a part of it does.
    #[error("{part} should have {}, and the file has {} of it", bytes(*needs), bytes(*has))]
    Truncated {
        /// What is cut off.
        part: String,
        /// Its bytes.
        needs: u64,
        /// The bytes that are there.
        has: u64,
    },
    /// The tensors of a safetensors file are more or fewer bytes than the file.
    #[error("the tensors listed do not end where the file ends, at {}", bytes(*has))]
    Coverage {
        /// The file's bytes.
        has: u64,
    },
    /// An archive without its end, where the list of its files is.
    #[error("the end of the archive is missing")]
    NoDirectory,
    /// Something in it contradicts the format.
    #[error("the file is damaged: {problem}")]
    Damaged {
        /// What.
        problem: String,
    },
    /// None of the formats that are read or known.
    #[error("this is neither a safetensors file nor one that torch.save wrote")]
    Unknown,
    /// A file of another kind.
    #[error("this is {found}")]
    Foreign {
        /// What it is.
        found: &'static str,
    },
    /// A pickle without an archive.
    #[error("this is a bare pickle, not a file that torch.save wrote")]
    BarePickle,
    /// `torch.jit.save`.
    #[error("this is a TorchScript program, not a state_dict")]
    Script,
    /// Numbers in the order of bytes that no current machine has.
    #[error("the numbers are big endian")]
    BigEndian,
    /// An archive that another program than `torch.save` has packed in a way that is not unpacked here.
    #[error("{file} is compressed or encrypted within the archive")]
    Compressed {
        /// The file within.
        file: String,
    },
    /// The pickle names a function or class that is none of tensors.
    #[error("the file's pickle names {name}")]
    Forbidden {
        /// Its name with its module.
        name: String,
    },
    /// The pickle has an instruction that no state dict needs.
    #[error("the file's pickle has the instruction 0x{opcode:02x}, which no state_dict needs")]
    Instruction {
        /// The instruction's byte.
        opcode: u8,
    },
    /// What was saved is no dict of tensors.
    #[error("the file holds {found}, not a state_dict")]
    NotAStateDict {
        /// What it holds.
        found: String,
    },
    /// An element type that is not made of whole bytes.
    #[error("{tensor} has elements of type {found}")]
    UnknownType {
        /// The tensor.
        tensor: String,
        /// The type.
        found: String,
    },
}

fn bytes(count: u64) -> String {
    in_words(Count::from(count))
}

/// How weights are saved so that they can be read here and everywhere.
const SAVE: &str =
    "from safetensors.torch import save_file\nsave_file(model.state_dict(), \"gru.safetensors\")";

impl FileError {
    /// A file that contradicts its format.
    pub(super) fn damaged(problem: &str) -> Self {
        FileError::Damaged { problem: problem.to_owned() }
    }

    /// A stable name such as `file-truncated`.
    pub fn code(&self) -> &'static str {
        match self {
            FileError::Empty => "file-empty",
            FileError::TooLarge(_) | FileError::TooMany { .. } | FileError::LongHeader { .. } => {
                "file-too-large"
            }
            FileError::Truncated { .. } | FileError::Coverage { .. } | FileError::NoDirectory => {
                "file-truncated"
            }
            FileError::Damaged { .. } | FileError::UnknownType { .. } => "file-damaged",
            FileError::Unknown | FileError::Foreign { .. } => "file-foreign",
            FileError::BarePickle => "file-legacy",
            FileError::Script => "file-script",
            FileError::BigEndian => "file-big-endian",
            FileError::Compressed { .. } => "file-compressed",
            FileError::Forbidden { .. } | FileError::Instruction { .. } => "file-refused",
            FileError::NotAStateDict { .. } => "file-no-state-dict",
        }
    }

    /// What is said of it: the fact, why, and how to save a file that is read.
    pub fn diagnostic(&self) -> Diagnostic {
        let (statement, code) = self.help();
        let help = Fix { statement: statement.to_owned(), code: code.to_owned(), edits: Vec::new() };
        Diagnostic {
            help: vec![help],
            ..Diagnostic::new(self.code(), Severity::Error, self.to_string(), self.why())
        }
    }

    fn why(&self) -> String {
        let why = match self {
            FileError::Empty => "Nothing was written into it, or the download did not begin.",
            FileError::TooLarge(_) => "File, numbers and run must fit into what one page may hold.",
            FileError::TooMany { .. } | FileError::LongHeader { .. } => {
                "A GRU of any number of layers that can be run here needs far fewer; a list that claims so much \
                 is damaged or made to fill memory."
            }
            FileError::Truncated { .. } | FileError::NoDirectory => {
                "The file was cut off: a download that stopped early or a disk that was full does that."
            }
            FileError::Coverage { .. } => {
                "A safetensors file ends with its last tensor: this one was cut off, or something was added."
            }
            FileError::Damaged { .. } | FileError::UnknownType { .. } => {
                "What is read here is checked before it is used, and this part contradicts the format. Nothing was \
                 taken from the file."
            }
            FileError::Foreign { found: HDF5 | KERAS } => {
                "Keras keeps weights in HDF5, in a .keras file within an archive. HDF5 is not read here; the arrays of a \
                 layer are, once NumPy has saved them: gates and axes are then put in PyTorch's order."
            }
            FileError::Unknown | FileError::Foreign { .. } => {
                "Read here are safetensors files, state_dicts that torch.save wrote, NumPy's arrays and ONNX models."
            }
            FileError::BarePickle => {
                "torch.save writes an archive in which the numbers lie beside a pickle, and wrote several pickles in a \
                 row up to 1.5. Both are read here; a pickle alone is not. Nothing was executed."
            }
            FileError::Script => {
                "torch.jit.save writes the module's program beside its weights. Only weights are read here; \
                 nothing was executed. PyTorch loads the program and saves its state_dict in one line."
            }
            FileError::BigEndian => "It was saved on a machine whose numbers begin with the other byte.",
            FileError::Compressed { .. } => {
                "torch.save stores every file of its archive as it is: another program has packed or locked this one. \
                 Unpacked here is what deflate has packed, the usual way of zip, and nothing that is encrypted."
            }
            FileError::Forbidden { name } => return forbidden(name),
            FileError::Instruction { .. } => {
                "A pickle is a program. Only the instructions that make tensors, texts, numbers, lists and dicts \
                 are followed here. Nothing was executed."
            }
            FileError::NotAStateDict { .. } => {
                "A state_dict is a dict from names to tensors. It may stand anywhere in nested dicts, lists and \
                 tuples; none of them holds one."
            }
        };
        why.to_owned()
    }

    /// A statement, and the Python that does it.
    fn help(&self) -> (&'static str, &'static str) {
        match self {
            FileError::Script => (
                "save the state_dict of the program",
                "torch.save(torch.jit.load(\"model.pt\", map_location=\"cpu\").state_dict(), \"weights.pt\")",
            ),
            FileError::Foreign { found: HDF5 | KERAS } => ("save the layer's arrays, in Keras", SAVE_KERAS),
            FileError::Compressed { .. } => ("load it in PyTorch and save it as safetensors", SAVE),
            FileError::Forbidden { .. } | FileError::NotAStateDict { .. } => {
                ("save the state_dict alone, as safetensors", SAVE)
            }
            FileError::TooLarge(_) => (
                "save the GRU's tensors alone",
                "from safetensors.torch import save_file\nsave_file(model.gru.state_dict(), \"gru.safetensors\")",
            ),
            _ => ("save the weights as safetensors", SAVE),
        }
    }
}

/// What a file of Keras' is.
pub(crate) const HDF5: &str = "an HDF5 file, as Keras saves weights (.h5)";
/// What a model of Keras' is.
pub(crate) const KERAS: &str = "a Keras model (.keras)";

const SAVE_KERAS: &str = "import numpy as np
kernel, recurrent_kernel, bias = model.get_layer(\"gru\").get_weights()
np.savez(\"gru.npz\", kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias)";

/// What a name in a pickle means for who saved it.
fn forbidden(name: &str) -> String {
    let is_module = name.starts_with("torch.nn.") || name.starts_with("__main__.");
    let begin = if is_module {
        "The whole module was saved, not its weights: its pickle holds the module's class."
    } else {
        "That is no part of a state_dict: unpickling would import and perhaps call it."
    };
    format!(
        "{begin} A pickle can run any program, so only what torch.load(weights_only=True) follows is followed here, \
         and no state_dict is in it beside that. Nothing was executed."
    )
}
