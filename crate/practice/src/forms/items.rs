//! The ten questions: of each, the first option is the right one.

use super::FormItem;

pub(super) static A: [FormItem; 5] = [
    FormItem {
        name: "form-a/shapes",
        question: "`out` of `nn.GRU(8, 16, num_layers=3)` has 16 features at every step, not 48. Why?",
        options: [
            "`out` has the states of the last layer alone.",
            "PyTorch takes the mean of the three layers.",
            "The three layers share one state.",
            "Only the first layer reads the input.",
        ],
        explanation: "`out` has the last layer's state at every step. The last states of all three layers are in `h_n`.",
        proof: "gru = nn.GRU(8, 16, num_layers=3)
out, h_n = gru(torch.randn(5, 2, 8))
print(out.shape[-1] == 16, torch.equal(out[-1], h_n[-1]), h_n.shape[0] == 3)",
    },
    FormItem {
        name: "form-a/memory",
        question: "A unit of a GRU still holds what it read 30 steps ago. Why can it?",
        options: [
            "Its update gate z stayed near 1, so that each step copied the old state nearly unchanged.",
            "Its reset gate r stayed near 1, so that nothing was reset.",
            "Its `hidden_size` is larger than 30.",
            "tanh keeps a state between -1 and 1, so that nothing can fade.",
        ],
        explanation: "h = (1 - z) * n + z * h_prev: with z = 0.99 three quarters are left after 30 steps, with z = 0.5 nothing that can be seen.",
        proof: "print(0.7 < 0.99 ** 30 < 0.8, 0.5 ** 30 < 1e-8)",
    },
    FormItem {
        name: "form-a/layers",
        question: "In training mode, `nn.GRU(8, 16, dropout=0.5)` gives what `nn.GRU(8, 16)` gives from the same seed. Why?",
        options: [
            "Dropout acts between layers, and there is one layer.",
            "Dropout acts in evaluation mode.",
            "Dropout acts on weights, which the seed draws alike.",
            "A probability of 0.5 leaves the mean as it was.",
        ],
        explanation: "Dropout sets states to 0 on their way from one layer to the next. With two layers the outputs differ.",
        proof: "def outputs(layers, dropout):
    torch.manual_seed(1)
    gru = nn.GRU(8, 16, num_layers=layers, dropout=dropout)
    return gru(torch.randn(5, 2, 8))[0]
print(torch.equal(outputs(1, 0.5), outputs(1, 0.0)), not torch.equal(outputs(2, 0.5), outputs(2, 0.0)))",
    },
    FormItem {
        name: "form-a/training",
        question: "Training loss falls to 0.01, and validation loss rises. Why?",
        options: [
            "The model learns by heart what is true of the training data alone.",
            "The learning rate is too high, so that each update goes too far.",
            "The model is too small for the task.",
            "Validation data is read in another order.",
        ],
        explanation: "This is overfitting. With too high a rate training loss would jump, and with too small a model it would stay high; the order of what is validated changes no mean.",
        proof: "losses = torch.tensor([0.2, 1.7, 0.4])
print(torch.allclose(losses.mean(), losses[torch.tensor([2, 0, 1])].mean()))",
    },
    FormItem {
        name: "form-a/mending",
        question: "x is (batch, seq_len, features) = (10, 10, 4), and the GRU has `batch_first=False`. Nothing is raised, yet the answers are wrong. Why?",
        options: [
            "The GRU takes the first axis for time: it reads across the samples, and mixes them.",
            "The GRU swaps the axes by itself, and loses the last step.",
            "PyTorch inserts a batch axis, so that there are 100 samples.",
            "Without `batch_first` the first state is drawn at random.",
        ],
        explanation: "A change of sample 3 reaches the answers of sample 5. With equal sizes no message can tell you.",
        proof: "gru = nn.GRU(4, 6)
x = torch.randn(10, 10, 4)
other = x.clone()
other[3] += 1.0
print(not torch.equal(gru(x)[0][5], gru(other)[0][5]), torch.equal(gru(x)[0][2], gru(other)[0][2]))",
    },
];

pub(super) static B: [FormItem; 5] = [
    FormItem {
        name: "form-b/shapes",
        question: "The first axis of `h_n` of `nn.GRU(8, 16, num_layers=2, bidirectional=True)` has size 4. Why?",
        options: [
            "It has the last state of each of two layers in each of two directions.",
            "It has the states of the last four steps.",
            "It has one state for each gate, and one for the output.",
            "Each direction has four layers.",
        ],
        explanation: "`h_n` is (num_layers * num_directions, batch, hidden_size), however many steps there are.",
        proof: "gru = nn.GRU(8, 16, num_layers=2, bidirectional=True)
for steps in [1, 5, 9]:
    print(tuple(gru(torch.randn(steps, 3, 8))[1].shape) == (4, 3, 16))",
    },
    FormItem {
        name: "form-b/memory",
        question: "A simple RNN loses what it read 30 steps ago sooner than a GRU can. Why?",
        options: [
            "It sends its whole state through a matrix and tanh at every step: no gate can copy it.",
            "It has fewer units than a GRU of the same `hidden_size`.",
            "It reads a sequence from its end.",
            "Its state is set to 0 at every step.",
        ],
        explanation: "h = tanh(W x + U h_prev + b). A GRU of the same size has as many units; its gate z can let the old state pass.",
        proof: "rnn, gru = nn.RNN(4, 6), nn.GRU(4, 6)
x = torch.randn(3, 2, 4)
print(rnn(x)[1].shape == gru(x)[1].shape, 3 * rnn.weight_ih_l0.shape[0] == gru.weight_ih_l0.shape[0])",
    },
    FormItem {
        name: "form-b/layers",
        question: "Of `nn.GRU(8, 16, num_layers=2)`, `weight_ih_l0` is (48, 8) and `weight_ih_l1` is (48, 16). Why?",
        options: [
            "The second layer reads the 16 states of the first, not the 8 features of the input.",
            "The second layer reads the input and the states of the first.",
            "The second layer has twice as many units.",
            "PyTorch doubles the width with every layer.",
        ],
        explanation: "Every layer but the first reads the states of the layer below; all have `hidden_size` units. Input and states together would be 24.",
        proof: "gru = nn.GRU(8, 16, num_layers=3)
for weight, features in [(gru.weight_ih_l0, 8), (gru.weight_ih_l1, 16), (gru.weight_ih_l2, 16)]:
    print(tuple(weight.shape) == (48, features))",
    },
    FormItem {
        name: "form-b/training",
        question: "In a task of 8 classes the cross-entropy loss stays at 2.08 from the first step on. Why does that say that nothing is learnt?",
        options: [
            "ln 8 = 2.08 is the loss of a model that gives every class the same probability.",
            "2.08 is the largest loss that cross-entropy can have.",
            "A loss above 1 means that the learning rate is too low.",
            "A model that has learnt has a loss of 0.",
        ],
        explanation: "A model that knows nothing gives each of 8 classes 1/8, and -ln(1/8) = ln 8. A wrong answer that is given with certainty costs more.",
        proof: "same = nn.functional.cross_entropy(torch.zeros(4, 8), torch.tensor([0, 1, 2, 3])).item()
sure = nn.functional.cross_entropy(torch.tensor([[9.0, 0.0]]), torch.tensor([1])).item()
print(abs(same - 2.08) < 0.005, sure > 2.08)",
    },
    FormItem {
        name: "form-b/mending",
        question: "The state h of one batch is handed to the next without `detach()`, and the second `backward()` raises. Why?",
        options: [
            "h still belongs to the first batch's graph, whose values the first `backward()` freed.",
            "h has another batch size than the second batch.",
            "A program may call `backward()` once only.",
            "The gradients were not set to 0 before it.",
        ],
        explanation: "`h.detach()` gives the same numbers without their history: then every batch has a graph of its own.",
        proof: "gru = nn.GRU(4, 6)
def second(detached):
    out, h = gru(torch.randn(3, 2, 4))
    out.sum().backward()
    try:
        gru(torch.randn(3, 2, 4), h.detach() if detached else h)[0].sum().backward()
    except RuntimeError as error:
        return 'a second time' in str(error)
    return False
print(second(False), not second(True))",
    },
];
