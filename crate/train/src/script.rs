//! The script of a whole training run.

use crate::model::GatePlace;
use crate::{CellName, LossName, OptimizerName, Setup, TOKENS, Task, VALIDATE_EVERY, VALIDATION};
use call::py::{CodeLine, highlight};
use num::float::{plain, repr};

/// The script that does in `PyTorch` what [`Lesson`](crate::Lesson) does here: seed, data, model, loss, optimiser, loop.
///
/// ```
/// use gru_playground_train::{Setup, training_script};
///
/// let script: Vec<String> = training_script(&Setup::default()).iter().map(|line| line.text()).collect();
/// assert!(script.contains(&"import torch".to_owned()));
/// ```
pub fn training_script(setup: &Setup) -> Vec<CodeLine> {
    let mut lines = opening(setup);
    lines.extend(draw(setup.task).iter().map(|&line| line.to_owned()));
    lines.extend(["", ""].map(str::to_owned));
    match (setup.fresh, setup.train_size()) {
        (true, _) => {}
        (false, None) => lines.push("x, y = draw(batch)".to_owned()),
        (false, Some(size)) => {
            lines.push(format!("train_size = {size}"));
            lines.push("x_train, y_train = draw(train_size)".to_owned());
        }
    }
    lines.push(format!("x_val, y_val = draw({VALIDATION})"));
    lines.extend(model(setup));
    lines.extend(training(setup));
    lines.iter().map(|line| highlight(line)).collect()
}

fn opening(setup: &Setup) -> Vec<String> {
    let mut lines = Vec::new();
    if setup.task == Task::Sine {
        lines.extend(["import math".to_owned(), String::new()]);
    }
    lines.extend([
        "import torch".to_owned(),
        "import torch.nn as nn".to_owned(),
        String::new(),
        format!("torch.manual_seed({})", setup.seed),
        format!("batch, seq_len = {}, {}", setup.batch, setup.seq_len),
        format!("num_layers, hidden_size = {}, {}", setup.num_layers, setup.hidden_size),
        String::new(),
        String::new(),
    ]);
    lines
}

/// `draw(n)`: n sequences and what is to be told of each.
fn draw(task: Task) -> &'static [&'static str] {
    match task {
        Task::Recall => &[
            "# Remember the first of many tokens.",
            "def draw(n):",
            "    x = torch.randint(0, 8, (n, seq_len))  # eight tokens",
            "    y = x[:, 0]  # the class to tell, (n,)",
            "    return x, y",
        ],
        Task::Adding => &[
            "# Add the two numbers that are marked, one in each half.",
            "def draw(n):",
            "    values, marks = torch.rand(n, seq_len), torch.zeros(n, seq_len)",
            "    marks.scatter_(1, torch.randint(0, seq_len // 2, (n, 1)), 1)",
            "    marks.scatter_(1, torch.randint(seq_len // 2, seq_len, (n, 1)), 1)",
            "    x = torch.stack([values, marks], dim=2)  # (n, seq_len, 2)",
            "    y = (values * marks).sum(dim=1, keepdim=True)  # (n, 1)",
            "    return x, y",
        ],
        Task::Order => &[
            "# Tell which of two marks in noise came first: 1 if it is the one up.",
            "def draw(n):",
            "    x, y = 0.1 * torch.randn(n, seq_len), torch.randint(0, 2, (n, 1)).float()",
            "    x.scatter_(1, torch.randint(0, seq_len // 2, (n, 1)), 2 * y - 1)",
            "    x.scatter_(1, torch.randint(seq_len // 2, seq_len, (n, 1)), 1 - 2 * y)",
            "    return x.unsqueeze(2), y  # (n, seq_len, 1), (n, 1)",
        ],
        Task::Sine => &[
            "# Tell the next value of a wave of unknown speed and phase.",
            "def draw(n):",
            "    phase = 2 * math.pi * torch.rand(n, 1, dtype=torch.float64)",
            "    speed = 0.2 + 0.6 * torch.rand(n, 1, dtype=torch.float64)",
            "    wave = torch.sin(phase + speed * torch.arange(seq_len + 1)).float()",
            "    x = wave[:, :-1].unsqueeze(2)  # (n, seq_len, 1)",
            "    y = wave[:, -1:]  # (n, 1)",
            "    return x, y",
        ],
    }
}

fn model(setup: &Setup) -> Vec<String> {
    let config = setup.model();
    let cell = setup.cell;
    let input_size = config.gru.input_size;
    let dropout = match plain(setup.dropout).as_str() {
        "0" => String::new(),
        dropout => format!(", dropout={dropout}"),
    };
    let embedding = config.embedding.is_some();
    let mut lines: Vec<String> = Vec::new();
    if cell == CellName::MinGRU {
        lines.extend(MIN_GRU.map(str::to_owned));
    }
    lines.extend(
        ["", "", "class Model(nn.Module):", "    def __init__(self):", "        super().__init__()"]
            .map(str::to_owned),
    );
    if embedding {
        lines.push(format!("        self.embedding = nn.Embedding({TOKENS}, {TOKENS})"));
    }
    let name = cell.attribute();
    let batch_first = if cell == CellName::MinGRU { "" } else { ", batch_first=True" };
    let constructor = cell.constructor();
    let state = if cell == CellName::LSTM { "(h_n, c_n)" } else { "h_n" };
    lines.extend([
        format!(
            "        self.{name} = {constructor}({input_size}, hidden_size, num_layers{batch_first}{dropout})"
        ),
        format!("        self.fc = nn.Linear(hidden_size, {})", config.out_features),
        String::new(),
        "    def forward(self, x):".to_owned(),
        format!(
            "        out, {state} = self.{name}({})  # out: (n, seq_len, hidden_size)",
            if embedding { "self.embedding(x)" } else { "x" }
        ),
        "        return self.fc(out[:, -1])  # the last step".to_owned(),
    ]);
    lines
}

/// minGRU, which `PyTorch` has not, with what its recurrent modules share: layers, dropout between them, initial values.
const MIN_GRU: [&str; 27] = [
    "",
    "",
    "class MinGRU(nn.Module):  # Feng et al., 2024; PyTorch has none",
    "    def __init__(self, input_size, hidden_size, num_layers, dropout=0.0):",
    "        super().__init__()",
    "        self.num_layers, self.dropout = num_layers, dropout",
    "        bound = 1 / hidden_size**0.5",
    "        for k in range(num_layers):",
    "            size = input_size if k == 0 else hidden_size",
    "            weight, bias = torch.empty(2 * hidden_size, size), torch.empty(2 * hidden_size)",
    "            setattr(self, f\"weight_ih_l{k}\", nn.Parameter(weight.uniform_(-bound, bound)))",
    "            setattr(self, f\"bias_ih_l{k}\", nn.Parameter(bias.uniform_(-bound, bound)))",
    "",
    "    def forward(self, x):",
    "        x = x.transpose(0, 1)  # (seq_len, n, features)",
    "        for k in range(self.num_layers):",
    "            if k > 0:",
    "                x = nn.functional.dropout(x, self.dropout, self.training)",
    "            weight, bias = getattr(self, f\"weight_ih_l{k}\"), getattr(self, f\"bias_ih_l{k}\")",
    "            z, n = nn.functional.linear(x, weight, bias).chunk(2, dim=2)",
    "            z = torch.sigmoid(z)  # of the input alone",
    "            h, states = torch.zeros_like(n[0]), []",
    "            for t in range(len(x)):",
    "                h = (1 - z[t]) * h + z[t] * n[t]",
    "                states.append(h)",
    "            x = torch.stack(states)",
    "        return x.transpose(0, 1), h",
];

/// What gives the gate that keeps the old state its bias, a line a layer; nothing where there is none to be given.
pub(crate) fn gate_bias_lines(setup: &Setup) -> Vec<String> {
    let Some(GatePlace { kind, block, is_negative }) = setup.cell.keeping_gate() else { return Vec::new() };
    if setup.gate_bias == 0.0 {
        return Vec::new();
    }
    // What is taken from a gate that keeps where it is low is written as it is meant.
    let (bias, is_taken) = (setup.gate_bias.abs(), is_negative != (setup.gate_bias < 0.0));
    let rows = if block == 0 { ":hidden_size" } else { "hidden_size : 2 * hidden_size" };
    let (gate, near) = match setup.cell {
        CellName::LSTM => ("f", "1"),
        CellName::MinGRU => ("z", "0"),
        CellName::GRU | CellName::RNN => ("z", "1"),
    };
    let mut lines = vec![format!("with torch.no_grad():  # {gate} near {near} keeps the old state")];
    lines.extend((0..setup.num_layers.min(8)).map(|layer| {
        let (name, kind, sign) = (setup.cell.attribute(), kind.name(), if is_taken { "-" } else { "+" });
        format!("    model.{name}.{kind}_l{layer}[{rows}] {sign}= {}", repr(bias))
    }));
    lines
}

fn training(setup: &Setup) -> Vec<String> {
    let loss = match setup.task.loss() {
        LossName::CrossEntropyLoss => "CrossEntropyLoss",
        LossName::MSELoss => "MSELoss",
        LossName::BCEWithLogitsLoss => "BCEWithLogitsLoss",
    };
    let mut lines = vec![String::new(), String::new(), "model = Model()".to_owned()];
    lines.extend(gate_bias_lines(setup));
    lines.extend([
        format!("criterion = nn.{loss}()"),
        format!("optimizer = torch.optim.{}", optimizer(setup)),
        String::new(),
        "losses, validation = [], []".to_owned(),
    ]);
    if let Some(patience) = setup.patience {
        lines.push(format!("patience, waited, best = {patience}, 0, float(\"inf\")"));
        lines.push("best_step, best_state = 0, model.state_dict()".to_owned());
    }
    if setup.train_size().is_some() {
        lines.push("order = []".to_owned());
    }
    lines.push(format!("for step in range({}):", setup.steps));
    if setup.fresh {
        lines.push("    x, y = draw(batch)".to_owned());
    }
    if setup.train_size().is_some() {
        lines.extend(
            [
                "    if len(order) == 0:",
                "        order = torch.randperm(train_size)  # a new epoch",
                "    rows, order = order[:batch], order[batch:]",
                "    x, y = x_train[rows], y_train[rows]",
            ]
            .map(str::to_owned),
        );
    }
    lines.extend([
        "    loss = criterion(model(x), y)".to_owned(),
        "    optimizer.zero_grad()".to_owned(),
        "    loss.backward()".to_owned(),
    ]);
    if let Some(max_norm) = setup.clip_grad_norm {
        let max_norm = plain(max_norm);
        lines.push(format!("    nn.utils.clip_grad_norm_(model.parameters(), max_norm={max_norm})"));
    }
    lines.extend(["    optimizer.step()", "    losses.append(loss.item())"].map(str::to_owned));
    lines.push(format!("    if (step + 1) % {VALIDATE_EVERY} == 0:"));
    lines.extend(
        [
            "        model.eval()",
            "        with torch.no_grad():",
            "            predictions = model(x_val)",
            "        model.train()",
            "        validation.append(criterion(predictions, y_val).item())",
        ]
        .map(str::to_owned),
    );
    let right = match setup.task {
        Task::Recall => Some("(predictions.argmax(dim=1) == y_val)"),
        Task::Order => Some("((predictions > 0) == (y_val == 1))"),
        Task::Adding | Task::Sine => None,
    };
    lines.push(
        "        print(f\"step {step + 1}: loss {losses[-1]:.4f}, validation {validation[-1]:.4f}\")"
            .to_owned(),
    );
    if let Some(right) = right {
        lines.push(format!("        accuracy = {right}.float().mean().item()"));
        lines.push("        print(f\"    accuracy {accuracy:.0%}\")".to_owned());
    }
    if setup.patience.is_some() {
        lines.extend(EARLY_STOPPING.map(str::to_owned));
    }
    lines
}

/// What early stopping adds behind each validation and behind the loop.
const EARLY_STOPPING: [&str; 10] = [
    "        if validation[-1] < best:",
    "            best, best_step, waited = validation[-1], step + 1, 0",
    "            best_state = {name: tensor.clone() for name, tensor in model.state_dict().items()}",
    "        else:",
    "            waited += 1",
    "            if waited == patience:",
    "                break  # early stopping",
    "",
    "model.load_state_dict(best_state)",
    "print(f\"the best, which is kept: step {best_step}, validation {best:.4f}\")",
];

/// `SGD(model.parameters(), lr=0.1, momentum=0.9)`: what is not the default, and `lr` always.
fn optimizer(setup: &Setup) -> String {
    let usual = Setup::default();
    let mut options = vec!["model.parameters()".to_owned(), format!("lr={}", plain(setup.lr))];
    let mut option = |name: &str, value: f64, default: f64| {
        let (value, default) = (plain(value), plain(default));
        if value != default {
            options.push(format!("{name}={value}"));
        }
    };
    match setup.optimizer {
        OptimizerName::SGD => option("momentum", setup.momentum, 0.0),
        OptimizerName::RMSprop => {
            option("alpha", setup.alpha, usual.alpha);
            option("momentum", setup.momentum, 0.0);
        }
        OptimizerName::Adagrad => option("lr_decay", setup.lr_decay, 0.0),
        OptimizerName::Adam | OptimizerName::AdamW => {}
    }
    option("weight_decay", setup.weight_decay, setup.optimizer.usual_weight_decay());
    let betas = |setup: &Setup| format!("betas=({}, {})", plain(setup.beta_1), plain(setup.beta_2));
    let adam = matches!(setup.optimizer, OptimizerName::Adam | OptimizerName::AdamW);
    if adam && betas(setup) != betas(&usual) {
        options.push(betas(setup));
    }
    if setup.optimizer == OptimizerName::SGD && setup.nesterov {
        options.push("nesterov=True".to_owned());
    }
    format!("{}({})", setup.optimizer.name(), options.join(", "))
}
