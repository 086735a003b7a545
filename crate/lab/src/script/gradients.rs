//! The code of the lab's room of gradients.

use crate::gradients::{GradientsLoss, GradientsSetup};
use call::py::{CodeLine, highlight};
use num::float::{plain, repr};

/// The code that does in `PyTorch` what [`GradientsRun`](crate::gradients::GradientsRun) does here.
pub fn gradients_code(setup: &GradientsSetup) -> Vec<CodeLine> {
    let GradientsSetup { input_size, hidden_size, seq_len, batch, seed, gain, gate_bias, loss } = setup;
    let mut lines = vec![
        "import torch".to_owned(),
        "import torch.nn as nn".to_owned(),
        String::new(),
        format!("seq_len, batch, input_size, hidden_size = {seq_len}, {batch}, {input_size}, {hidden_size}"),
        "modules = {".to_owned(),
        r#"    "RNN tanh": lambda: nn.RNN(input_size, hidden_size),"#.to_owned(),
        r#"    "RNN relu": lambda: nn.RNN(input_size, hidden_size, nonlinearity="relu"),"#.to_owned(),
        r#"    "LSTM": lambda: nn.LSTM(input_size, hidden_size),"#.to_owned(),
        r#"    "GRU": lambda: nn.GRU(input_size, hidden_size),"#.to_owned(),
        "}".to_owned(),
        "for name, make in modules.items():".to_owned(),
        format!("    torch.manual_seed({seed})"),
        "    x = torch.randn(seq_len, batch, input_size, requires_grad=True)".to_owned(),
    ];
    if *loss == GradientsLoss::EveryStep {
        lines.push("    R = torch.randn(seq_len, batch, hidden_size)".to_owned());
    }
    lines.push("    rnn = make()".to_owned());
    // By the bits: what is written is what is multiplied, and 1 changes nothing.
    let (scaled, biased) = (gain.to_bits() != 1.0_f64.to_bits(), *gate_bias != 0.0);
    if scaled || biased {
        lines.push("    with torch.no_grad():".to_owned());
    }
    if scaled {
        lines.push(format!("        rnn.weight_hh_l0.mul_({})", repr(*gain)));
    }
    if biased {
        lines.extend([
            "        if isinstance(rnn, (nn.LSTM, nn.GRU)):  # the gate that keeps: f of the LSTM, z of the GRU"
                .to_owned(),
            format!("            rnn.bias_ih_l0[hidden_size : 2 * hidden_size].add_({})", plain(*gate_bias)),
        ]);
    }
    lines.extend([
        "    hx, states = None, []".to_owned(),
        "    for t in range(seq_len):  # what rnn(x) does at once, so that every state can be kept"
            .to_owned(),
        "        _, hx = rnn(x[t : t + 1], hx)".to_owned(),
        "        h = hx[0] if isinstance(hx, tuple) else hx".to_owned(),
        "        h.retain_grad()".to_owned(),
        "        states.append(h)".to_owned(),
        "    out = torch.cat(states)".to_owned(),
        match loss {
            GradientsLoss::LastStep => "    loss = out[-1].sum()".to_owned(),
            GradientsLoss::EveryStep => "    loss = (out * R).sum()".to_owned(),
        },
        "    loss.backward()".to_owned(),
        r#"    print(name, "loss", loss.item())"#.to_owned(),
        r#"    print("|dL/dh_t|", [h.grad.double().norm().item() for h in states])"#.to_owned(),
        r#"    print("|dL/dx_t|", x.grad.double().norm(dim=(1, 2)).tolist())"#.to_owned(),
        "    for key, parameter in rnn.named_parameters():".to_owned(),
        "        print(key, parameter.grad.norm().item(), parameter.grad.flatten()[:3])".to_owned(),
    ]);
    lines.iter().map(|line| highlight(line)).collect()
}
