//! Broken programs, each with at least one fix that gets past its exception and keeps its tensors.

use gru_playground_code::{edited, run};

const STEPS: u64 = 5_000_000;

const HEAD: &str = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n";

/// What raises, after the imports.
const BROKEN: &[(&str, &str)] = &[
    ("linear", "fc = nn.Linear(20, 2)\nx = torch.randn(4, 40)\ny = fc(x)\nprint(y.shape)\n"),
    (
        "linear of a bidirectional GRU",
        "gru = nn.GRU(8, 16, bidirectional=True, batch_first=True)\nfc = nn.Linear(16, 2)\nx = torch.randn(4, 5, 8)\nout, h = gru(x)\ny = fc(out)\n",
    ),
    (
        "linear in a module",
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(in_features=10, out_features=2)\n    def forward(self, x):\n        return self.fc(x)\nnet = Net()\nx = torch.randn(3, 12)\nprint(net(x).shape)\n",
    ),
    ("matmul", "a = torch.randn(2, 3)\nb = torch.randn(4, 3)\nc = a @ b\n"),
    ("torch.matmul", "a = torch.randn(2, 3)\nb = torch.randn(4, 3)\nc = torch.matmul(a, b)\n"),
    (
        "cross entropy over steps",
        "loss_fn = nn.CrossEntropyLoss()\nout = torch.randn(4, 5, 7)\ny = torch.randint(0, 7, (4, 5))\nloss = loss_fn(out, y)\n",
    ),
    (
        "cross entropy, float target",
        "out = torch.randn(4, 3)\ny = torch.tensor([0., 1., 2., 0.])\nloss = F.cross_entropy(out, y)\n",
    ),
    (
        "cross entropy, column target",
        "out = torch.randn(4, 3)\ny = torch.tensor([[0], [1], [2], [0]])\nloss = nn.CrossEntropyLoss()(out, y)\n",
    ),
    (
        "cross entropy, batch sizes",
        "out = torch.randn(2, 3, 5)\ny = torch.tensor([1, 2, 0, 1, 2, 3])\nloss = F.cross_entropy(out, y)\n",
    ),
    (
        "target out of bounds",
        "fc = nn.Linear(4, 3)\nx = torch.randn(2, 4)\ny = torch.tensor([1, 3])\nloss = F.cross_entropy(fc(x), y)\n",
    ),
    (
        "bce, shapes",
        "p = torch.sigmoid(torch.randn(4, 1))\ny = torch.tensor([0., 1., 1., 0.])\nloss = nn.BCELoss()(p, y)\n",
    ),
    (
        "bce, scores",
        "out = torch.tensor([2.0, -1.0])\ny = torch.tensor([1.0, 0.0])\nloss_fn = nn.BCELoss()\nloss = loss_fn(out, y)\n",
    ),
    (
        "bce, int target",
        "p = torch.sigmoid(torch.randn(3))\ny = torch.tensor([1, 0, 1])\nloss = nn.BCELoss()(p, y)\n",
    ),
    ("view of a transposed tensor", "x = torch.arange(6).reshape(2, 3)\ny = x.t().view(6)\n"),
    ("view of the wrong size", "x = torch.arange(12)\ny = x.view(5, 3)\n"),
    ("reshape of the wrong size", "x = torch.arange(12)\ny = x.reshape((4, 4))\n"),
    ("cat along the wrong axis", "a = torch.zeros(2, 3)\nb = torch.ones(2, 5)\nc = torch.cat([a, b])\n"),
    ("cat with dim", "a = torch.zeros(3, 2)\nb = torch.ones(5, 2)\nc = torch.cat((a, b), dim=1)\n"),
    ("cat of different ranks", "a = torch.zeros(2, 3)\nb = torch.ones(3)\nc = torch.cat([a, b], dim=0)\n"),
    ("embedding index", "emb = nn.Embedding(10, 4)\nx = torch.tensor([[1, 2, 10]])\ny = emb(x)\n"),
    ("embedding dtype", "emb = nn.Embedding(10, 4)\nx = torch.tensor([1., 2.])\ny = emb(x)\n"),
    (
        "backward twice",
        "w = torch.ones(2, requires_grad=True)\nloss = (w * w).sum()\nloss.backward()\nloss.backward()\n",
    ),
    (
        "hidden state kept",
        "gru = nn.GRU(2, 3)\nh = torch.zeros(1, 1, 3)\nfor step in range(3):\n    x = torch.ones(4, 1, 2)\n    out, h = gru(x, h)\n    loss = out.sum()\n    loss.backward()\n",
    ),
    (
        "hidden state kept from None",
        "gru = nn.GRU(2, 3)\nh = None\nfor step in range(3):\n    x = torch.ones(4, 1, 2)\n    out, h = gru(x, h)\n    loss = out.sum()\n    loss.backward()\n",
    ),
    ("changed in place", "w = torch.ones(2, requires_grad=True)\ny = w.exp()\ny += 1\ny.sum().backward()\n"),
    ("leaf changed in place", "w = torch.ones(2, requires_grad=True)\nw -= 0.1\n"),
    ("no grad", "w = torch.ones(2)\nloss = (w * 2).sum()\nloss.backward()\n"),
    ("detached", "w = torch.ones(2, requires_grad=True)\nloss = (w * 2).sum().detach()\nloss.backward()\n"),
    ("backward of many", "w = torch.ones(2, requires_grad=True)\nloss = w * 2\nloss.backward()\n"),
    ("numpy of a graph", "w = torch.ones(2, requires_grad=True)\na = (w * 2).numpy()\n"),
    ("gradient of ints", "x = torch.tensor([1, 2], requires_grad=True)\n"),
    (
        "state dict, prefix",
        "a = nn.Linear(2, 2)\nstate = {'module.' + k: v for k, v in a.state_dict().items()}\na.load_state_dict(state)\n",
    ),
    (
        "state dict, missing",
        "a = nn.Linear(2, 2)\nstate = a.state_dict()\ndel state['bias']\na.load_state_dict(state)\n",
    ),
    (
        "tuple kept whole",
        "gru = nn.GRU(8, 16)\nfc = nn.Linear(16, 2)\nx = torch.randn(5, 3, 8)\nout = gru(x)\ny = fc(out)\n",
    ),
    ("tuple's attribute", "gru = nn.GRU(8, 16)\nx = torch.randn(5, 3, 8)\nout = gru(x)\nprint(out.shape)\n"),
    (
        "tuple within a call",
        "gru = nn.GRU(8, 16)\nfc = nn.Linear(16, 2)\nx = torch.randn(5, 3, 8)\ny = fc(gru(x))\n",
    ),
    ("three names for an LSTM", "lstm = nn.LSTM(8, 16)\nx = torch.randn(5, 3, 8)\nout, h, c = lstm(x)\n"),
    ("two names for a shape", "x = torch.zeros(2, 3, 4)\nn, l = x.shape\n"),
    ("GRU input_size", "gru = nn.GRU(8, 16)\nx = torch.randn(5, 3, 10)\nout, h = gru(x)\n"),
    ("GRU input rank", "gru = nn.GRU(1, 16)\nx = torch.randn(5)\nout, h = gru(x)\n"),
    (
        "GRU features first",
        "gru = nn.GRU(8, 16, batch_first=True)\nx = torch.randn(4, 8, 5)\nout, h = gru(x)\n",
    ),
    (
        "GRU h_0 batch",
        "gru = nn.GRU(8, 16, batch_first=True)\nx = torch.randn(3, 5, 8)\nh = torch.zeros(1, 4, 16)\nout, h_n = gru(x, h)\n",
    ),
    (
        "GRU h_0 axes",
        "gru = nn.GRU(8, 16, batch_first=True)\nx = torch.randn(3, 5, 8)\nh = torch.zeros(3, 1, 16)\nout, h_n = gru(x, h)\n",
    ),
    (
        "GRU h_0 rank",
        "gru = nn.GRU(8, 16)\nx = torch.randn(5, 3, 8)\nh = torch.zeros(3, 16)\nout, h_n = gru(x, h)\n",
    ),
    (
        "GRU batch_first forgotten",
        "gru = nn.GRU(8, 16)\nx = torch.randn(4, 7, 8)\nh0 = torch.zeros(1, 4, 16)\nout, h_n = gru(x, h0)\n",
    ),
    ("GRU dtype", "gru = nn.GRU(2, 3)\nx = torch.ones(4, 1, 2, dtype=torch.long)\nout, h = gru(x)\n"),
    (
        "packed lengths",
        "from torch.nn.utils.rnn import pack_padded_sequence\nx = torch.zeros(3, 5, 2)\np = pack_padded_sequence(x, [2, 5, 3], batch_first=True)\n",
    ),
    ("broadcast", "a = torch.zeros(3, 4)\nb = torch.ones(3)\nc = a + b\n"),
    ("dim out of range", "x = torch.arange(3.)\ny = x.softmax(dim=1)\n"),
    ("too many indices", "x = torch.zeros(2, 3)\ny = x[:, -1, :]\n"),
    ("index out of bounds", "x = torch.zeros(3)\ny = x[3]\n"),
    ("item of many", "x = torch.ones(3)\nprint(x.item())\n"),
    ("ambiguous truth", "x = torch.ones(3)\nif x > 0:\n    print('yes')\n"),
    ("mean of ints", "x = torch.arange(4)\nm = x.mean()\n"),
    ("a name that was meant", "total = 3\nprint(totl)\n"),
    ("an option's name", "gru = nn.GRU(8, 16, num_layer=2)\n"),
    (
        "super() forgotten",
        "class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)\nnet = Net()\n",
    ),
    ("a colon", "for i in range(3)\n    print(i)\n"),
    ("a bracket", "x = torch.zeros(2, 3\nprint(x)\n"),
];

#[test]
fn a_fix_that_is_offered_gets_past_the_exception() {
    let mut faults = Vec::new();
    for (name, body) in BROKEN {
        let code = format!("{HEAD}{body}");
        let broken = run(&code, STEPS, None);
        let Some(raised) = &broken.raised else {
            faults.push(format!("{name}: it does not raise: {:?} {:?}", broken.refused, broken.stopped));
            continue;
        };
        let explanation = broken.explanation.as_ref().expect("an exception is explained");
        if explanation.fixes.is_empty() {
            faults.push(format!("{name}: no fix for {}", raised.text));
        }
        for fix in &explanation.fixes {
            let mended = run(&edited(&code, &fix.edits).expect("edits in order"), STEPS, None);
            let again = mended.raised.as_ref().is_some_and(|again| again.text == raised.text);
            if again || mended.refused.is_some() || !fix.keeps_data {
                faults.push(format!("{name}: '{}' does not mend {}", fix.title, raised.text));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), BROKEN.len(), faults.join("\n"));
}

#[test]
fn what_would_lose_a_tensor_is_not_offered() {
    // Another size of x would do, and would be other data.
    let code = format!("{HEAD}gru = nn.GRU(8, 16)\nx = torch.randn(5, 3, 10)\nout, h = gru(x)\n");
    let explanation = run(&code, STEPS, None).explanation.expect("it raises");
    let titles: Vec<&str> = explanation.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["give GRU input_size=10"]);
    assert!(explanation.cause.contains("10") && explanation.cause.contains('8'), "{}", explanation.cause);
}

#[test]
fn labels_are_the_line_and_the_shapes_of_what_it_is_given() {
    let code = format!("{HEAD}# \u{1f600}\r\na = torch.zeros(3, 4)\r\nb = torch.ones(3)\r\nc = a + b\r\n");
    let explanation = run(&code, STEPS, None).explanation.expect("it raises");
    let units: Vec<u16> = code.encode_utf16().collect();
    let text = |from: usize, to: usize| String::from_utf16_lossy(&units[from..to]);
    let labels: Vec<_> =
        explanation.labels.iter().map(|label| (text(label.from, label.to), label.text.as_str())).collect();
    assert_eq!(labels[0], ("c = a + b".to_owned(), "RuntimeError is raised here"));
    assert_eq!(labels[1], ("a".to_owned(), "a is (3, 4), torch.float32"));
    assert_eq!(labels[2], ("b".to_owned(), "b is (3,), torch.float32"));
    let fix = &explanation.fixes[0];
    let mended = edited(&code, &fix.edits).expect("edits in order");
    assert!(mended.contains("c = a + b.unsqueeze(-1)\r\n"), "{fix:?}");
}
