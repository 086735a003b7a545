"""Records of kind `train`: a model, an optimiser, and the losses of some steps on one batch.

The model is fc(gru(embedding(x))[0][:, -1]), without the embedding where there is none; `seed`, if there is one, is set
just before the first step, for dropout. Only runs are kept in which float32 follows float64 closely.
"""

import copy

import torch
from torch import nn
from torch.nn import functional as F

STEPS = 30
PLAIN = {"num_layers": 1, "bias": True, "batch_first": True, "dropout": 0.0, "bidirectional": False}
DEEP = {"num_layers": 2, "bidirectional": True}
WORDS = {"num_embeddings": 5, "padding_idx": 0}
# Name: (input_size, hidden_size, options of the GRU, embedding, out_features, loss, optimiser, its options, max_norm).
RUNS = {
    "sgd": (3, 4, {}, None, 2, "mse_loss", "SGD", {"lr": 0.1}, None),
    "sgd-nesterov": (
        (2, 3, DEEP, None, 3, "cross_entropy", "SGD")
        + ({"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}, 0.5)
    ),
    "adam": (3, 4, {"num_layers": 2, "bias": False}, None, 1, "binary_cross_entropy_with_logits", "Adam", {"lr": 0.02}, None),
    "adam-decay": (2, 3, {}, None, 2, "mse_loss", "Adam", {"lr": 0.02, "weight_decay": 0.1, "amsgrad": True}, 1.0),
    "adamw": (3, 2, {"num_layers": 3}, None, 3, "cross_entropy", "AdamW", {"lr": 0.03, "weight_decay": 0.1}, 0.3),
    "rmsprop": (2, 4, {"bidirectional": True}, None, 2, "mse_loss", "RMSprop", {"lr": 0.003, "momentum": 0.5}, None),
    "rmsprop-centered": (3, 4, {}, None, 2, "mse_loss", "RMSprop", {"lr": 0.002, "centered": True}, 0.7),
    "adagrad": (3, 4, {}, None, 4, "cross_entropy", "Adagrad", {"lr": 0.1, "lr_decay": 0.01}, None),
    "step-first": (3, 2, {"batch_first": False, "bidirectional": True}, None, 2, "mse_loss", "SGD", {"lr": 0.1}, 0.5),
    "embedding": (3, 4, {}, WORDS, 3, "cross_entropy", "Adam", {"lr": 0.03}, 1.0),
    "embedding-decay": (2, 3, {"num_layers": 2}, {"num_embeddings": 6}, 1, "mse_loss", "SGD", {"lr": 0.1, "weight_decay": 0.1}, None),
    # In training mode, PyTorch's masks drop what the first layer hands on.
    "dropout": (3, 4, {"num_layers": 3, "dropout": 0.4}, None, 2, "mse_loss", "SGD", {"lr": 0.1, "momentum": 0.5}, 1.0),
    "dropout-embedding": (2, 3, {**DEEP, "dropout": 0.25}, WORDS, 2, "cross_entropy", "AdamW", {"lr": 0.02}, None),
}
BATCH, SEQ_LEN = 4, 5


class Model(nn.Module):
    def __init__(self, embedding, options, out_features):
        super().__init__()
        if embedding:
            self.embedding = nn.Embedding(embedding_dim=options["input_size"], **embedding)
        self.gru = nn.GRU(**options)
        self.fc = nn.Linear((2 if options["bidirectional"] else 1) * options["hidden_size"], out_features)

    def forward(self, x):
        out, _ = self.gru(self.embedding(x) if hasattr(self, "embedding") else x)
        return self.fc(out[:, -1] if self.gru.batch_first else out[-1])


def train(model, x, y, run):
    """The loss before each step, and the norm of its gradients if they are clipped."""
    *_, loss, optimizer, opt_kwargs, max_norm = run
    torch.manual_seed(7)
    optim = getattr(torch.optim, optimizer)(model.parameters(), **opt_kwargs)
    losses, grad_norms = [], []
    for _ in range(STEPS):
        value = getattr(F, loss)(model(x), y)
        optim.zero_grad()
        value.backward()
        if max_norm is not None:
            grad_norms.append(nn.utils.clip_grad_norm_(model.parameters(), max_norm).item())
        optim.step()
        losses.append(value.item())
    return losses, grad_norms


def record(name, run, shortest):
    input_size, hidden_size, options, embedding, out_features, loss, optimizer, opt_kwargs, max_norm = run
    options = {"input_size": input_size, "hidden_size": hidden_size, **PLAIN, **options}
    seed = sum(name.encode()) * 1000 + len(name)
    torch.manual_seed(seed)
    model = Model(embedding, options, out_features)
    initial = {key: shortest(value) for key, value in model.state_dict().items()}
    shape = (BATCH, SEQ_LEN) if options["batch_first"] else (SEQ_LEN, BATCH)
    x = torch.randint(embedding["num_embeddings"], shape) if embedding else torch.randn(*shape, input_size)
    if loss == "cross_entropy":
        y = torch.randint(out_features, (BATCH,))
    else:
        y = torch.randn(BATCH, out_features) if loss == "mse_loss" else torch.rand(BATCH, out_features).round()
    data = {"shape": list(x.shape), "data": x.flatten().tolist()} if embedding else shortest(x)

    double = copy.deepcopy(model).double()
    in_double, _ = train(double, x if embedding else x.double(), y if y.dtype == torch.int64 else y.double(), run)
    losses, grad_norms = train(model, x, y, run)
    apart = max(abs(single / double - 1) for single, double in zip(losses, in_double))
    assert apart < 3e-5, f"{name}: float32 alone is {apart:.1e} off, which tells nothing of another engine"
    return {
        "kind": "train",
        "id": f"train-{name}",
        "init_seed": seed,
        "embedding": embedding,
        "gru": options,
        "fc": [model.fc.in_features, out_features],
        "loss": loss,
        "optimizer": optimizer,
        "opt_kwargs": opt_kwargs,
        "clip_grad_norm": max_norm,
        "seed": 7,
        "x": data,
        "y": y.tolist(),
        "initial": initial,
        "losses": losses,
        "grad_norms": grad_norms,
        "final": {key: shortest(value) for key, value in model.state_dict().items()},
    }


def make(shortest):
    for name, run in RUNS.items():
        yield record(name, run, shortest)
