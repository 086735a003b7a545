/** The words of the page, each explained in one sentence: the one source of the glossary, the search and what a term says where it stands. */

export interface Term {
  /** Its part of the address: `#glossary?term=update-gate`. */
  readonly id: string;
  /** As it is written within a sentence. */
  readonly name: string;
  /** Other names that are searched for: of other books, of the code, of other languages' papers. */
  readonly also?: readonly string[];
  /** What it is, in one sentence. */
  readonly sentence: string;
  /** What else is worth knowing, for the glossary. */
  readonly more?: string;
  /** Where the page shows it. */
  readonly see?: { readonly text: string; readonly opens: string };
}

const PLAY = { text: 'Change it in Play', opens: 'play' } as const;
const TRAIN = { text: 'Train one', opens: 'lab/train' } as const;
const GRADIENTS = { text: 'See it in Gradients', opens: 'lab/gradients' } as const;
const CELLS = { text: 'Compare it in Other cells', opens: 'lab/variants' } as const;
const MEMORY = { text: 'See it in Memory', opens: 'lab/memory' } as const;
const SERIES = { text: 'Forecast one in Real series', opens: 'lab/series' } as const;
const PACKED = { text: 'See it in Packed sequences', opens: 'lab/packed' } as const;

export const TERMS = [
  {
    id: 'gru',
    name: 'GRU',
    also: ['gated recurrent unit', 'nn.GRU'],
    sentence: 'A GRU, gated recurrent unit, is a network that reads a sequence step by step and keeps a state, which two gates protect and renew.',
    more: 'Cho and others described it in 2014. It has two gates and one state where the LSTM has three gates and two states.',
    see: PLAY,
  },
  {
    id: 'rnn',
    name: 'RNN',
    also: ['recurrent neural network', 'simple RNN', 'Elman network', 'nn.RNN'],
    sentence: 'A simple RNN computes each state from the input and the whole state before through one tanh, so what it read early fades.',
    more: 'The word also stands for all recurrent networks, GRU and LSTM among them.',
    see: CELLS,
  },
  {
    id: 'lstm',
    name: 'LSTM',
    also: ['long short-term memory', 'nn.LSTM', 'cell state', 'forget gate', 'c_n'],
    sentence: 'An LSTM is a recurrent network with three gates and two states: c keeps, h tells.',
    see: CELLS,
  },
  {
    id: 'min-gru',
    name: 'minGRU',
    also: ['minimal GRU', 'min_gru'],
    sentence: 'A minGRU is a GRU without a reset gate whose gate and candidate see the input alone, so that all steps can be computed at once.',
    more: 'Its z is written the other way round: h = (1 − z) · h_prev + z · n, so it keeps where z is near 0. Feng and others, 2024.',
    see: MEMORY,
  },
  {
    id: 'cell',
    name: 'cell',
    also: ['GRUCell', 'nn.GRUCell', 'recurrent cell'],
    sentence: 'A cell is what computes one step: it takes an input and h_prev, the state before, and gives h, the state after.',
    more: 'nn.GRU runs one cell for each layer and direction along the whole sequence; nn.GRUCell is that cell alone.',
  },
  {
    id: 'sequence',
    name: 'sequence',
    also: ['time series', 'sentence', 'series'],
    sentence: 'A sequence is a list whose order counts, such as the words of a sentence or the values of each day.',
    see: SERIES,
  },
  {
    id: 'step',
    name: 'time step',
    also: ['step', 'timestep', 't'],
    sentence: 'A time step is one place in a sequence: at each time step the GRU reads one input and renews its state once.',
    more: 'A training step, or update, is another thing: one change of the weights.',
  },
  {
    id: 'seq-len',
    name: 'sequence length',
    also: ['seq_len', 'L', 'number of steps'],
    sentence: 'The sequence length L, seq_len in code, is how many time steps a sequence has.',
    see: PLAY,
  },
  {
    id: 'batch',
    name: 'batch',
    also: ['batch size', 'N', 'mini-batch'],
    sentence: 'A batch is N sequences that are computed together and do not see each other.',
    see: PLAY,
  },
  {
    id: 'feature',
    name: 'feature',
    also: ['input features', 'H_in', 'input_size', 'input size'],
    sentence: 'A feature is one number of an input at one time step; an input has input_size of them.',
    see: PLAY,
  },
  {
    id: 'unit',
    name: 'unit',
    also: ['hidden unit', 'neuron', 'hidden_size', 'hidden size', 'H_out'],
    sentence: 'A unit is one number of the state with the gates that belong to it; a GRU has hidden_size of them.',
    see: PLAY,
  },
  {
    id: 'state',
    name: 'state',
    also: ['hidden state', 'h', 'h_prev', 'memory', 'h_t', 'h_{t-1}'],
    sentence: 'The state, h, is the numbers that a GRU carries from time step to time step: all that it knows of what it has read.',
    see: MEMORY,
  },
  {
    id: 'h-0',
    name: 'h_0',
    also: ['initial state', 'initial hidden state', 'hx'],
    sentence: 'h_0 is the state before the first time step: zeros, unless you give another.',
    see: { text: 'Give one in Play', opens: 'play?give_h_0=1' },
  },
  {
    id: 'h-n',
    name: 'h_n',
    also: ['final state', 'last hidden state'],
    sentence: 'h_n is the state after the last time step, one for each layer and direction.',
    more: 'Its shape is (D·num_layers, N, H_out), also where batch_first=True: that turns time steps and batch of x and out around, and h_n has no time steps.',
    see: PLAY,
  },
  {
    id: 'out',
    name: 'out',
    also: ['output', 'outputs'],
    sentence: 'out is what the last layer gives at every time step: its states, one after the other.',
    see: PLAY,
  },
  {
    id: 'gate',
    name: 'gate',
    also: ['gating', 'sigmoid gate'],
    sentence: 'A gate is a number between 0 and 1 for each unit that says how much of something passes.',
  },
  {
    id: 'update-gate',
    name: 'update gate z',
    also: ['z', 'update gate', 'z_t', 'forget'],
    sentence: 'The update gate z says how much of h_prev, the state before, is kept: at 1 all of it, at 0 the candidate replaces it.',
    more: 'h = (1 − z) · n + z · h_prev. Some books and Keras write z and 1 − z the other way round.',
    see: MEMORY,
  },
  {
    id: 'reset-gate',
    name: 'reset gate r',
    also: ['r', 'reset gate', 'r_t'],
    sentence: 'The reset gate r says how much h_prev, the state before, counts when the candidate is made: at 0 the candidate sees the input alone.',
  },
  {
    id: 'candidate',
    name: 'candidate n',
    also: ['n', 'new gate', 'candidate state', 'h tilde', 'n_t'],
    sentence: 'The candidate n is what the state could become in a step; the update gate decides how much of the state before it replaces.',
  },
  {
    id: 'sigmoid',
    name: 'sigmoid',
    also: ['σ', 'logistic function'],
    sentence: 'The sigmoid σ squeezes any number into 0 to 1: it makes the gates.',
  },
  {
    id: 'tanh',
    name: 'tanh',
    also: ['hyperbolic tangent', 'activation'],
    sentence: 'tanh squeezes any number into −1 to 1: it makes the candidate.',
  },
  {
    id: 'weight',
    name: 'weight',
    also: ['weights', 'weight_ih_l0', 'weight_hh_l0', 'W_ih', 'W_hh', 'parameter', 'parameters'],
    sentence: 'A weight is a number that training changes; weight_ih multiplies the input, weight_hh the state before.',
    more: 'Each matrix has the rows of r, z and n under one another: (3·H_out, …).',
  },
  {
    id: 'bias',
    name: 'bias',
    also: ['bias_ih_l0', 'bias_hh_l0', 'b_ih', 'b_hh'],
    sentence: 'A bias is a number that is added whatever the input is; a high one at the update gate keeps what is there from the start.',
  },
  {
    id: 'random-weights',
    name: 'random weights',
    also: ['initialisation', 'initialization', 'untrained', 'init'],
    sentence: 'Random weights are what a module has before training: a seed draws them, and what they compute means nothing yet.',
  },
  {
    id: 'seed',
    name: 'seed',
    also: ['manual_seed', 'random stream', 'torch.manual_seed', 'generator'],
    sentence: 'A seed is the number that the stream of random numbers begins with: the same seed gives the same numbers, here as in PyTorch.',
    more: 'Another layer or another size takes more numbers of the stream, so all that is drawn after it changes too.',
  },
  {
    id: 'layer',
    name: 'layer',
    also: ['num_layers', 'stacked', 'stacked GRU'],
    sentence: 'A layer is one GRU on top of another: it reads at each step the state that the one below it has just made.',
    see: PLAY,
  },
  {
    id: 'direction',
    name: 'direction',
    also: ['D', 'bidirectional', 'reverse', '_reverse'],
    sentence: 'A bidirectional GRU reads the sequence twice, from its beginning and from its end: D, the number of directions, is 1 or 2.',
    see: { text: 'Switch it on in Play', opens: 'play?bidirectional=True' },
  },
  {
    id: 'batch-first',
    name: 'batch_first',
    also: ['batch first', '(N, L, H_in)'],
    sentence: 'batch_first=True puts the batch in front of the steps, in the input and in out; h_0 and h_n stay as they are.',
    see: { text: 'Switch it on in Play', opens: 'play?batch_first=True' },
  },
  {
    id: 'unbatched',
    name: 'unbatched',
    also: ['no batch', '2-D input', 'single sequence'],
    sentence: 'An unbatched input is one sequence without an axis for the batch: (L, H_in).',
    see: { text: 'See it in Play', opens: 'play?unbatched=1' },
  },
  {
    id: 'dropout',
    name: 'dropout',
    also: ['regularisation', 'regularization'],
    sentence: 'Dropout sets random numbers between two layers to zero while the model trains, so that it cannot rely on any one of them.',
    more: 'nn.GRU applies it to the output of each layer but the last, so it needs num_layers of 2 or more.',
  },
  {
    id: 'shape',
    name: 'shape',
    also: ['size', 'torch.Size', 'dimension', 'dimensions', 'axes', 'axis'],
    sentence: 'A shape says how many numbers a tensor has along each axis: (5, 3, 10) is 5 steps of 3 sequences with 10 features.',
    see: PLAY,
  },
  {
    id: 'tensor',
    name: 'tensor',
    also: ['array', 'torch.tensor'],
    sentence: 'A tensor is a block of numbers with a shape.',
  },
  {
    id: 'dtype',
    name: 'dtype',
    also: ['float32', 'float64', 'float16', 'Double', 'Long'],
    sentence: 'A dtype is the kind of number that a tensor holds; the input must have the same as the weights.',
    see: { text: 'Break it in Play', opens: 'play?input_dtype=float64' },
  },
  {
    id: 'device',
    name: 'device',
    also: ['cuda', 'cpu', 'GPU', '.to(device)'],
    sentence: 'A device is where a tensor lies; a module and its input must lie on the same one.',
  },
  {
    id: 'multiply-add',
    name: 'multiply-add',
    also: ['multiply-adds', 'FLOPs', 'MACs', 'cost'],
    sentence: 'A multiply-add is one product added to a sum: counting them says how much work a call is.',
  },
  {
    id: 'token',
    name: 'token',
    also: ['word', 'vocabulary', 'index'],
    sentence: 'A token is one item of a text, such as a word or a character, as a whole number.',
  },
  {
    id: 'embedding',
    name: 'embedding',
    also: ['nn.Embedding', 'lookup table'],
    sentence: 'An embedding turns each token into a row of numbers that training finds, which the GRU then reads.',
  },
  {
    id: 'head',
    name: 'head',
    also: ['linear head', 'nn.Linear', 'fc', 'classifier'],
    sentence: 'The head is the linear layer that turns the last state into an answer.',
  },
  {
    id: 'logit',
    name: 'logit',
    also: ['logits', 'softmax', 'probability', 'probabilities'],
    sentence: 'A logit is what the head gives for one class: softmax turns all of them into probabilities.',
  },
  {
    id: 'training',
    name: 'training',
    also: ['learning', 'fit', 'backpropagation', 'training step', 'optimizer.step', 'epoch', 'iteration'],
    sentence: 'Training changes the weights a little in each training step, so that the loss of a batch becomes smaller.',
    more: 'A time step, of a sequence, is another thing. An epoch is one way through all training sequences.',
    see: TRAIN,
  },
  {
    id: 'loss',
    name: 'loss',
    also: ['cost function', 'cross entropy', 'CrossEntropyLoss', 'MSE', 'MSELoss', 'BCEWithLogitsLoss', 'perplexity'],
    sentence: 'The loss is one number for how wrong the answers are: 0 is perfect.',
    more: 'For cross entropy among 8 classes, ln 8 = 2.08 is guessing; a loss of 0.05 gives the right class about 95 %.',
    see: TRAIN,
  },
  {
    id: 'guessing',
    name: 'guessing line',
    also: ['chance', 'baseline', 'naive forecast'],
    sentence: 'The guessing line is the loss of a model that has learned nothing but how often each answer comes.',
    see: TRAIN,
  },
  {
    id: 'validation',
    name: 'validation',
    also: ['validation set', 'validation loss', 'test set', 'generalisation', 'generalization'],
    sentence: 'Validation asks the model for sequences that it has not been trained on: what it says there is what it has understood.',
    see: TRAIN,
  },
  {
    id: 'overfitting',
    name: 'overfitting',
    also: ['overfit', 'learned by heart', 'memorise', 'memorize'],
    sentence: 'A model overfits when it learns its training sequences by heart: training loss falls on, validation loss rises.',
    see: TRAIN,
  },
  {
    id: 'underfitting',
    name: 'underfitting',
    also: ['underfit', 'too small'],
    sentence: 'A model underfits when it does not even learn its training sequences: it is too small, or it was not trained long enough.',
  },
  {
    id: 'early-stopping',
    name: 'early stopping',
    also: ['patience'],
    sentence: 'Early stopping ends training when validation loss has not fallen for a while, and keeps the best weights.',
  },
  {
    id: 'weight-decay',
    name: 'weight decay',
    also: ['L2', 'weight_decay', 'AdamW'],
    sentence: 'Weight decay makes every weight a little smaller in each training step, which holds a model back from learning by heart.',
  },
  {
    id: 'learning-rate',
    name: 'learning rate',
    also: ['lr', 'step size'],
    sentence: 'The learning rate lr is how far a training step goes: too small and nothing is learned, too large and the loss explodes.',
    see: TRAIN,
  },
  {
    id: 'optimiser',
    name: 'optimiser',
    also: ['optimizer', 'Adam', 'SGD', 'RMSprop', 'Adagrad', 'torch.optim', 'momentum'],
    sentence: 'The optimiser decides from the gradients how each weight is changed: SGD follows them, Adam also keeps their averages.',
    see: TRAIN,
  },
  {
    id: 'gradient',
    name: 'gradient',
    also: ['gradients', 'derivative', 'backward', 'autograd', 'BPTT', 'backpropagation through time'],
    sentence: 'A gradient says by how much the loss changes when one number is changed a little; it is computed backwards, step by step.',
    see: GRADIENTS,
  },
  {
    id: 'gradient-norm',
    name: 'grad norm',
    also: ['gradient norm', 'norm'],
    sentence: 'The grad norm is the length of all gradients together: one number for how hard the loss pulls at the weights.',
  },
  {
    id: 'clipping',
    name: 'clipping',
    also: ['clip_grad_norm_', 'gradient clipping', 'max_norm'],
    sentence: 'Clipping scales all gradients down when their norm is above a bound, so that no training step is huge.',
  },
  {
    id: 'vanishing',
    name: 'vanishing gradient',
    also: ['vanishing gradients', 'long-term dependencies', 'fades'],
    sentence: 'A gradient vanishes when it is multiplied by small numbers at every step back: early steps then teach nothing.',
    more: 'Where the update gate is near 1, state and gradient pass a step almost unchanged.',
    see: GRADIENTS,
  },
  {
    id: 'exploding',
    name: 'exploding gradient',
    also: ['exploding gradients', 'NaN', 'inf', 'divergence', 'diverged'],
    sentence: 'A gradient explodes when it is multiplied by large numbers at every step back: one training step then ruins the weights.',
    see: GRADIENTS,
  },
  {
    id: 'padding',
    name: 'padding',
    also: ['pad_sequence', 'pad', 'padding_idx', 'mask'],
    sentence: 'Padding fills short sequences up so that a batch is a block; what stands there must not count.',
    see: PACKED,
  },
  {
    id: 'packed',
    name: 'packed sequence',
    also: ['pack_padded_sequence', 'PackedSequence', 'pad_packed_sequence', 'lengths', 'batch_sizes'],
    sentence: 'A packed sequence holds sequences of different lengths without padding, step by step, so that the GRU reads what is there.',
    see: PACKED,
  },
  {
    id: 'state-dict',
    name: 'state dict',
    also: ['state_dict', 'load_state_dict', 'checkpoint', '.pt', '.pth'],
    sentence: 'A state dict is all tensors of a module by their names: what is saved and loaded.',
  },
  {
    id: 'safetensors',
    name: 'safetensors',
    also: ['.safetensors', 'file of weights'],
    sentence: 'A safetensors file holds tensors and their names and nothing that could be executed.',
  },
  {
    id: 'detach',
    name: 'detach',
    also: ['truncated BPTT', 'retain_graph', 'backward a second time'],
    sentence: 'detach() gives the same numbers without their history, so that a gradient ends there: for a state that is carried to the next batch.',
    see: { text: 'Run it in Code', opens: 'code' },
  },
  {
    id: 'teacher-forcing',
    name: 'teacher forcing',
    also: ['seq2seq', 'encoder', 'decoder'],
    sentence: 'Teacher forcing gives a decoder the right previous token while it trains, in place of the one that it said.',
  },
  {
    id: 'heatmap',
    name: 'heatmap',
    also: ['map', 'colours', 'colors'],
    sentence: 'A heatmap shows numbers as colours: blue below 0, orange above, the stronger the further from it.',
    more: 'Every map can be walked with the arrow keys and opened as a table of numbers.',
  },
  {
    id: 'log-axis',
    name: 'log axis',
    also: ['logarithmic', 'log scale'],
    sentence: 'On a log axis equal distances are equal factors, so that 0.001 and 0.01 lie as far apart as 1 and 10.',
  },
] as const satisfies readonly Term[];

export type TermId = (typeof TERMS)[number]['id'];

export function termOf(id: string): Term | undefined {
  return TERMS.find((term) => term.id === id);
}
