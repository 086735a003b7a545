"""Records of kind `rng` that the native core alone answers: what the JavaScript API does not offer."""


def make(rng_record):
    for n in [0, 1, 5, 15, 16, 17, 31, 32, 33, 100]:
        yield rng_record(f"rng-rand-{n}-f64", 0, [f"rand({n}, dtype=torch.float64)"])
        yield rng_record(f"rng-randn-{n}-f64", 0, [f"randn({n}, dtype=torch.float64)"])
    # The kept second normal serves either type.
    wide, mixed = "dtype=torch.float64", ["randn(1)", "rand(1)"]
    calls = [f"randn(3, {wide})", f"rand(2, {wide})", mixed[0], f"randn(20, {wide})", mixed[1]]
    yield rng_record("rng-kept-f64", 0, calls)
    bounds = ["empty(4).uniform_(-1, 1)", "empty(20).uniform_(-0.1, 0.3)"]
    yield rng_record("rng-uniform", 0, [*bounds, f"empty(20, {wide}).uniform_(-0.1, 0.3)", "rand(1)"])
    yield rng_record("rng-GRU-f64", 5, [f"nn.GRU(3, 2, {wide})", "rand(1)"])
    for n in [0, 1, 2, 5, 16, 100]:
        yield rng_record(f"rng-randint-{n}", n, [f"randint(0, 100, ({n},))", "rand(1)"])
        yield rng_record(f"rng-randperm-{n}", n, [f"randperm({n})", "rand(1)"])
    # Two words from a range of 2^28 up.
    ranges = ["3, 9", "-7, 5", "0, 1", "0, 2**28-1", "0, 2**28", "-5, 2**40", "-2**62, 2**62"]
    calls = [f"randint({bounds}, (3,))" for bounds in ranges] + ["randint(10, (2, 2))"]
    calls += ["randint_like(torch.zeros(3), 0, 10)", "empty(3).random_(10)", "rand(1)"]
    yield rng_record("rng-randint-ranges", 1, calls)
    for dtype in ["", f", {wide}"]:
        for n in [1, 5, 16, 37]:
            calls = [f"empty({n}{dtype}).normal_(1.3, 0.7)", "randn(3)", f"empty({n}{dtype}).normal_(-2, 0)"]
            yield rng_record(f"rng-normal-{n}{dtype}", 2, [*calls, "rand(1)"])
            calls = [f"empty({n}{dtype}).bernoulli_(0.3)", f"bernoulli(torch.full(({n},), 0.6{dtype}))"]
            yield rng_record(f"rng-bernoulli-{n}{dtype}", 3, [*calls, "rand(1)"])
            calls = [f"empty({n}{dtype}).exponential_()", f"empty({n}{dtype}).exponential_(2.5)"]
            yield rng_record(f"rng-exponential-{n}{dtype}", 4, [*calls, "rand(1)"])
            tensor = f"torch.ones({n}{dtype})"
            calls = [f"nn.functional.dropout({tensor}, {p})" for p in [0.5, 0.1, 0.7, 0.0, 1.0]]
            yield rng_record(f"rng-dropout-{n}{dtype}", 5, [*calls, "rand(1)"])
    calls = ["normal(0.0, 1.0, size=(3,))", "normal(torch.full((4,), 0.3), torch.full((4,), 1.7))"]
    calls += ["normal(2.0, 0.5, size=(4, 5))", "normal(torch.full((4, 5), 0.3), torch.full((4, 5), 1.7))"]
    yield rng_record("rng-normal-of", 6, [*calls, "randn_like(torch.zeros(4, 6))", "rand_like(torch.ones(3))"])
    weights = "torch.tensor([0.1, 0.0, 0.2, 0.3, 0.7, 0.4])"
    calls = [f"multinomial({weights}, {n})" for n in [1, 3, 5]]
    calls += [f"multinomial({weights}, 20, replacement=True)", "rand(1)"]
    for seed in range(5):
        yield rng_record(f"rng-multinomial-{seed}", seed, calls)
    modules = [
        "nn.RNN(4, 5)",
        "nn.RNN(2, 3, num_layers=2, bidirectional=True)",
        "nn.RNN(2, 3, bias=False)",
        "nn.LSTM(3, 2, num_layers=2)",
        "nn.LSTM(2, 3, bidirectional=True, bias=False)",
        "nn.LSTM(3, 4, num_layers=2, proj_size=2, bidirectional=True)",
        "nn.GRUCell(3, 4)",
        "nn.LSTMCell(2, 3, bias=False)",
        "nn.RNNCell(3, 2)",
        "nn.Linear(7, 3)",
        "nn.Linear(4, 2, bias=False)",
        "nn.Conv1d(2, 3, 2)",
        "nn.Embedding(3, 5)",
        "nn.Embedding(11, 4)",
        "nn.Embedding(11, 4, padding_idx=0)",
        "nn.Embedding(5, 2, padding_idx=-1)",
        "nn.Sequential(nn.Embedding(5, 3), nn.Linear(3, 2))",
    ]
    for seed, module in enumerate(modules):
        yield rng_record(f"rng-{module[3:]}", seed, [module, "randn(2)", "rand(1)"])
    # The rounding of a bound shows where the number of features is no square: one word of each weight.
    for features in [*range(1, 40), 77, 100, 512, 1000]:
        yield rng_record(f"rng-Linear-{features}", features, [f"nn.Linear({features}, 1)"])
