import math
import torch
from torch.nn import Module, Parameter
from torch.nn.utils.rnn import PackedSequence, _padded

__name__ = "torch.nn.modules.rnn"


class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        if type(input_size).__name__ not in ("int", "bool"):
            raise TypeError(f"input_size should be of type int, got: {type(input_size).__name__}")
        if input_size <= 0:
            raise ValueError("input_size must be greater than zero")
        if type(bias) is not bool:
            raise TypeError(f"bias should be of type bool, got: {type(bias).__name__}")
        if type(batch_first) is not bool:
            raise TypeError(f"batch_first should be of type bool, got: {type(batch_first).__name__}")
        if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0 <= dropout <= 1:
            raise ValueError("dropout should be a number in range [0, 1] representing the probability of an element being zeroed")
        if type(hidden_size).__name__ not in ("int", "bool"):
            raise TypeError(f"hidden_size should be of type int, got: {type(hidden_size).__name__}")
        if hidden_size <= 0:
            raise ValueError("hidden_size must be greater than zero")
        if isinstance(num_layers, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        if num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        if dropout > 0 and num_layers == 1:
            _warn("UserWarning", f"dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater than 1, but got dropout={dropout} and num_layers={num_layers}")
        if proj_size < 0:
            raise ValueError("proj_size should be a positive integer or zero to disable projections")
        if proj_size >= hidden_size:
            raise ValueError("proj_size has to be smaller than hidden_size")
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        gates = {"LSTM": 4, "GRU": 3}.get(mode, 1) * hidden_size
        state = proj_size if proj_size > 0 else hidden_size
        directions = 2 if bidirectional else 1
        made = []
        for layer in range(num_layers):
            for direction in range(directions):
                width = input_size if layer == 0 else state * directions
                suffix = f"_l{layer}" + ("_reverse" if direction else "")
                shapes = [("weight_ih" + suffix, (gates, width)), ("weight_hh" + suffix, (gates, state))]
                if bias:
                    shapes += [("bias_ih" + suffix, (gates,)), ("bias_hh" + suffix, (gates,))]
                if proj_size > 0:
                    shapes.append(("weight_hr" + suffix, (proj_size, hidden_size)))
                made += shapes
        _set_plainly(self, "_names", [name for name, _ in made])
        for name, shape in made:
            self._parameters[name] = Parameter(torch.empty(*shape, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self):
        k = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        with torch.no_grad():
            for weight in self.parameters():
                weight.uniform_(-k, k)

    @property
    def all_weights(self):
        each = (4 if self.bias else 2) + (1 if self.proj_size > 0 else 0)
        weights = [getattr(self, name) for name in self._names]
        return [weights[i:i + each] for i in range(0, len(weights), each)]

    @property
    def _flat_weights(self):
        return [getattr(self, name) for name in self._names]

    def flatten_parameters(self):
        return None

    def extra_repr(self):
        s = f"{self.input_size}, {self.hidden_size}"
        if self.proj_size != 0:
            s += f", proj_size={self.proj_size}"
        if self.num_layers != 1:
            s += f", num_layers={self.num_layers}"
        if self.bias is not True:
            s += f", bias={self.bias}"
        if self.batch_first is not False:
            s += f", batch_first={self.batch_first}"
        if self.dropout != 0:
            s += f", dropout={self.dropout}"
        if self.bidirectional is not False:
            s += f", bidirectional={self.bidirectional}"
        return s

    def _check_input(self, input, dim):
        weight = self._parameters[self._names[0]]
        if input.dtype != weight.dtype:
            raise ValueError(f"RNN input dtype ({input.dtype}) does not match weight dtype ({weight.dtype}). Convert input: input.to({weight.dtype}), or convert model: model.to({input.dtype})")
        if input.dim() != dim:
            raise RuntimeError(f"input must have {dim} dimensions, got {input.dim()}")
        if input.size(-1) != self.input_size:
            raise RuntimeError(f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}")

    def _check_state(self, h, n, width, what):
        expected = (self.num_layers * (2 if self.bidirectional else 1), n, width)
        if tuple(h.size()) != expected:
            raise RuntimeError(f"Expected {what} size {expected}, got {list(h.size())}")

    def _run(self, input, states):
        """The whole call; states is None or a list."""
        kind = self.mode
        lstm = kind == "LSTM"
        given = states
        width = self.proj_size if self.proj_size > 0 else self.hidden_size
        weights = [self._parameters[name] for name in self._names]
        packed = isinstance(input, PackedSequence)
        lengths = None
        if packed:
            data, sizes, sorted_indices, unsorted_indices = input
            n = sizes.tolist()[0]
            batched = True
        else:
            if not isinstance(input, torch.Tensor):
                raise AttributeError(f"'{_type_name(input)}' object has no attribute 'dim'")
            if input.dim() not in (2, 3):
                tensor = " tensor" if kind.startswith("RNN") else ""
                raise ValueError(f"{type(self).__name__ if type(self).__name__ in ('GRU', 'LSTM') else 'GRU' if kind == 'GRU' else 'LSTM' if lstm else 'RNN'}: Expected input to be 2D or 3D, got {input.dim()}D{tensor} instead")
            batched = input.dim() == 3
        if states is not None and not packed:
            for state in states:
                if not isinstance(state, torch.Tensor):
                    raise AttributeError(f"'{_type_name(state)}' object has no attribute 'dim'")
            if any([state.dim() != (3 if batched else 2) for state in states]):
                how, due = ("batched 3-D", 3) if batched else ("unbatched 2-D", 2)
                if lstm:
                    raise RuntimeError(f"For {how} input, hx and cx should also be {due}-D but got ({states[0].dim()}-D, {states[1].dim()}-D) tensors")
                raise RuntimeError(f"For {how} input, hx should also be {due}-D but got {states[0].dim()}-D tensor")
        if packed:
            self._check_input(data, 2)
            x, lengths = _padded(input)
            if states is not None:
                states = [state if sorted_indices is None else state.index_select(1, sorted_indices) for state in states]
        else:
            x = input if batched else input.unsqueeze(0 if self.batch_first else 1)
            self._check_input(x, 3)
            n = x.size(0) if self.batch_first else x.size(1)
            if self.batch_first:
                x = x.transpose(0, 1)
            if states is not None and not batched:
                states = [state.unsqueeze(1) for state in states]
        if states is not None:
            names = ["hidden[0]", "hidden[1]"] if lstm else ["hidden"]
            for state, name, size in zip(states, names, [width, self.hidden_size]):
                self._check_state(state, n, size, name)
            for state in states:
                if state.dtype != x.dtype:
                    a, b = state.type()[6:-6], weights[0].type()[6:-6]
                    raise RuntimeError(f"mat1 and mat2 must have the same dtype, but got {a} and {b}")
        if x.size(0) == 0:
            raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
        if n == 0:
            directions = 2 if self.bidirectional else 1
            out = torch.zeros(x.size(0), 0, width * directions, dtype=x.dtype)
            last = [torch.zeros(self.num_layers * directions, 0, s, dtype=x.dtype) for s in ([width, self.hidden_size] if lstm else [width])]
            # What holds nothing belongs to the graph all the same.
            nothing = sum([w.sum() for w in weights]) * 0
            out, last = out + nothing, [state + nothing for state in last]
        else:
            result = torch._recurrent(kind, x, states or [], weights, self.num_layers, self.bidirectional, self.dropout if self.training else 0.0, self.proj_size, lengths)
            name = "CatBackward0" if self.bidirectional else "MkldnnRnnLayerBackward0" if lstm and self.proj_size == 0 else "StackBackward0"
            out = torch._same(result[0], name)
            last = [torch._same(state, "StackBackward0") for state in result[1:]]
        if packed:
            counts = sizes.tolist()
            data = torch._rename(torch.cat([out[t, :count] for t, count in enumerate(counts)]), "CatBackward0")
            out = _named(PackedSequence, [data, sizes, sorted_indices, unsorted_indices])
            if unsorted_indices is not None:
                last = [state.index_select(1, unsorted_indices) for state in last]
        else:
            if self.batch_first:
                out = out.transpose(0, 1)
                if not lstm or self.proj_size > 0:
                    torch._rename(out, "TransposeBackward1")
            if not batched:
                out = out.squeeze(0 if self.batch_first else 1)
                last = [state.squeeze(1) for state in last]
            steps = ("NL" if self.batch_first else "LN") if batched else "L"
            torch._axes(input, steps + "I")
            torch._axes(out, steps + "O")
            for state in last + (given or []):
                torch._axes(state, "DNO" if batched else "DO")
        return out, last


class RNN(RNNBase):
    def __init__(self, *args, **kwargs):
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        if len(args) > 3:
            nonlinearity = args[3]
            args = args[:3] + args[4:]
        else:
            nonlinearity = kwargs.pop("nonlinearity", "tanh")
        if nonlinearity == "tanh":
            mode = "RNN_TANH"
        elif nonlinearity == "relu":
            mode = "RNN_RELU"
        else:
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__(mode, *args, **kwargs)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        out, last = self._run(input, None if hx is None else [hx])
        return out, last[0]


class GRU(RNNBase):
    def __init__(self, *args, **kwargs):
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        super().__init__("GRU", *args, **kwargs)

    def forward(self, input, hx=None):
        out, last = self._run(input, None if hx is None else [hx])
        return out, last[0]


class LSTM(RNNBase):
    def __init__(self, *args, **kwargs):
        super().__init__("LSTM", *args, **kwargs)

    def forward(self, input, hx=None):
        if hx is not None:
            if isinstance(hx, torch.Tensor):
                if hx.size(0) < 2:
                    raise IndexError(f"index 1 is out of bounds for dimension 0 with size {hx.size(0)}")
                hx = [hx[0], hx[1]]
            else:
                hx = [hx[0], hx[1]]
        out, last = self._run(input, hx)
        return out, (last[0], last[1])


class RNNCellBase(Module):
    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = Parameter(torch.empty(num_chunks * hidden_size, input_size, dtype=dtype))
        self.weight_hh = Parameter(torch.empty(num_chunks * hidden_size, hidden_size, dtype=dtype))
        if bias:
            self.bias_ih = Parameter(torch.empty(num_chunks * hidden_size, dtype=dtype))
            self.bias_hh = Parameter(torch.empty(num_chunks * hidden_size, dtype=dtype))
        else:
            self.register_parameter("bias_ih", None)
            self.register_parameter("bias_hh", None)
        self.reset_parameters()

    def reset_parameters(self):
        k = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        with torch.no_grad():
            for weight in self.parameters():
                weight.uniform_(-k, k)

    def extra_repr(self):
        s = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            s += f", bias={self.bias}"
        if "nonlinearity" in self.__dict__ and self.nonlinearity != "tanh":
            s += f", nonlinearity={self.nonlinearity}"
        return s

    def _prepared(self, input, states, kind):
        if not isinstance(input, torch.Tensor):
            raise AttributeError(f"'{_type_name(input)}' object has no attribute 'dim'")
        for state in states or []:
            if not isinstance(state, torch.Tensor):
                raise AttributeError(f"'{_type_name(state)}' object has no attribute 'dim'")
        torch._check_cell(kind, self.input_size, self.hidden_size, input, states or [])
        if input.dtype != self.weight_ih.dtype:
            raise RuntimeError(f"mat1 and mat2 must have the same dtype, but got {input.type()[6:-6]} and {self.weight_ih.type()[6:-6]}")
        batched = input.dim() == 2
        x = input if batched else input.unsqueeze(0)
        n = x.size(0)
        if states is None:
            states = [torch.zeros(n, self.hidden_size, dtype=x.dtype) for _ in range(2 if kind == "LSTM" else 1)]
        elif not batched:
            states = [state.unsqueeze(0) for state in states]
        return x, states, batched

    def _gates(self, x, h):
        a = torch.nn.functional.linear(x, self.weight_ih, self.bias_ih)
        b = torch.nn.functional.linear(h, self.weight_hh, self.bias_hh)
        return a, b


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        x, states, batched = self._prepared(input, None if hx is None else [hx], "RNN")
        a, b = self._gates(x, states[0])
        if self.nonlinearity == "tanh":
            out = torch.tanh(a + b)
        elif self.nonlinearity == "relu":
            out = torch.relu(a + b)
        else:
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        return out if batched else out.squeeze(0)


class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input, hx=None):
        x, states, batched = self._prepared(input, None if hx is None else [hx], "GRU")
        h = states[0]
        a, b = self._gates(x, h)
        ar, az, an = a.chunk(3, 1)
        br, bz, bn = b.chunk(3, 1)
        r = torch.sigmoid(br + ar)
        z = torch.sigmoid(bz + az)
        n = torch.tanh(an + bn * r)
        out = (h - n) * z + n
        return out if batched else out.squeeze(0)


class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input, hx=None):
        x, states, batched = self._prepared(input, None if hx is None else [hx[0], hx[1]], "LSTM")
        h, c = states
        a, b = self._gates(x, h)
        i, f, g, o = (a + b).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return (h, c) if batched else (h.squeeze(0), c.squeeze(0))
