//! The code of the lab's room of other cells.

use crate::{modules, variants};
use call::py::{CodeLine, highlight};
use num::float::repr;

/// The code that does in `PyTorch` what [`variants::VariantsRun`] does here: the other GRUs are written out.
pub fn variants_code(setup: &variants::VariantsSetup) -> Vec<CodeLine> {
    let variants::VariantsSetup { input_size, hidden_size, num_layers, seq_len, batch, seed, give_h_0, gain } =
        setup;
    let mut lines = vec![
        "import torch".to_owned(),
        "import torch.nn as nn".to_owned(),
        String::new(),
        format!("torch.manual_seed({seed})"),
        format!("seq_len, batch, input_size, hidden_size = {seq_len}, {batch}, {input_size}, {hidden_size}"),
        format!("gru = nn.GRU(input_size, hidden_size, num_layers={num_layers})"),
        "x = torch.randn(seq_len, batch, input_size)".to_owned(),
    ];
    let h_0 = if *give_h_0 { "torch.randn" } else { "torch.zeros" };
    lines.push(format!("h_0 = {h_0}({num_layers}, batch, hidden_size)"));
    if gain.to_bits() != 1.0_f64.to_bits() {
        lines.extend([
            "with torch.no_grad():".to_owned(),
            "    for key, parameter in gru.named_parameters():".to_owned(),
            r#"        if key.startswith("weight_hh"):"#.to_owned(),
            format!("            parameter.mul_({})", repr(*gain)),
        ]);
    }
    let rest = r#"

def forward(resets_before, takes_new):
    """A GRU over the weights of gru, with the reset gate before or after the product, and either sense of z."""
    y = x
    for layer in range(gru.num_layers):
        W_ih, W_hh, b_ih, b_hh = gru.all_weights[layer]
        W_ir, W_iz, W_in = W_ih.chunk(3)
        W_hr, W_hz, W_hn = W_hh.chunk(3)
        b_ir, b_iz, b_in = b_ih.chunk(3)
        b_hr, b_hz, b_hn = b_hh.chunk(3)
        h, states = h_0[layer], []
        for x_t in y:
            r = torch.sigmoid(x_t @ W_ir.T + b_ir + h @ W_hr.T + b_hr)
            z = torch.sigmoid(x_t @ W_iz.T + b_iz + h @ W_hz.T + b_hz)
            product = (r * h) @ W_hn.T + b_hn if resets_before else r * (h @ W_hn.T + b_hn)
            n = torch.tanh(x_t @ W_in.T + b_in + product)
            h = z * n + (1 - z) * h if takes_new else (1 - z) * n + z * h
            states.append(h)
        y = torch.stack(states)
    return y


with torch.no_grad():
    out, h_n = gru(x, h_0)
    print("nn.GRU", out[-1, 0, :3])
    for resets_before, takes_new in [(True, False), (False, True), (True, True)]:
        other = forward(resets_before, takes_new)
        print(resets_before, takes_new, other[-1, 0, :3])
        print((other - out).abs().amax(dim=(1, 2)).tolist())"#;
    lines.extend(rest.split('\n').map(str::to_owned));
    lines.iter().map(|line| highlight(line)).collect()
}

/// The code that prints what [`modules::card`] says of a module.
pub fn module_code(setup: &modules::ModuleSetup) -> Vec<CodeLine> {
    use modules::ModuleName;
    let modules::ModuleSetup { module, input_size, hidden_size, proj_size, seq_len, batch, seed } = setup;
    let sizes = format!("({input_size}, {hidden_size}");
    let (made, called, results): (_, _, &[&str]) = match module {
        ModuleName::Rnn => (format!("nn.RNN{sizes})"), "out, h_n", &["out", "h_n"]),
        ModuleName::RnnRelu => {
            (format!("nn.RNN{sizes}, nonlinearity=\"relu\")"), "out, h_n", &["out", "h_n"])
        }
        ModuleName::Lstm if *proj_size > 0 => {
            (format!("nn.LSTM{sizes}, proj_size={proj_size})"), "out, (h_n, c_n)", &["out", "h_n", "c_n"])
        }
        ModuleName::Lstm => (format!("nn.LSTM{sizes})"), "out, (h_n, c_n)", &["out", "h_n", "c_n"]),
        ModuleName::Gru => (format!("nn.GRU{sizes})"), "out, h_n", &["out", "h_n"]),
        ModuleName::RnnCell => (format!("nn.RNNCell{sizes})"), "h", &["h"]),
        ModuleName::LstmCell => (format!("nn.LSTMCell{sizes})"), "h, c", &["h", "c"]),
        ModuleName::GruCell => (format!("nn.GRUCell{sizes})"), "h", &["h"]),
    };
    let (shape, axes) = if module.is_cell() {
        (format!("{batch}, {input_size}"), "(batch, input_size)")
    } else {
        (format!("{seq_len}, {batch}, {input_size}"), "(seq_len, batch, input_size)")
    };
    let mut lines = vec![
        "import torch".to_owned(),
        "import torch.nn as nn".to_owned(),
        String::new(),
        format!("torch.manual_seed({seed})"),
        format!("module = {made}"),
        format!("x = torch.randn({shape})  # {axes}"),
        "with torch.no_grad():".to_owned(),
        format!("    {called} = module(x)"),
        "    for key, parameter in module.state_dict().items():".to_owned(),
        "        print(key, tuple(parameter.shape), parameter.flatten()[:3])".to_owned(),
    ];
    for result in results {
        lines.push(format!("    print(\"{result}\", tuple({result}.shape), {result}.flatten()[:3])"));
    }
    lines.iter().map(|line| highlight(line)).collect()
}
