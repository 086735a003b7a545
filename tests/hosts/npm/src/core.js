import init, { Generator, Gru } from 'gru-playground/core';
import initLab, { Generator as LabGenerator, Gru as LabGru } from 'gru-playground/lab';

/** @param {string} id @param {readonly number[]} shape @param {number | undefined} first */
function show(id, shape, first) {
  document.querySelector(id)?.replaceChildren(`${shape.join(', ')}: ${first?.toFixed(5)}`);
}

// torch.manual_seed(0); gru = nn.GRU(10, 20, 2); out = gru(torch.randn(5, 3, 10))[0]
async function core() {
  await init();
  const generator = new Generator(0);
  const gru = Gru.fromGenerator({ input_size: 10, hidden_size: 20, num_layers: 2 }, generator);
  const { output, output_shape } = gru.forward(generator.randn([5, 3, 10]), [5, 3, 10]);
  show('#core', output_shape, output[0]);
}

async function lab() {
  await initLab();
  const generator = new LabGenerator(0);
  const gru = new LabGru({ input_size: 10, hidden_size: 20, num_layers: 2 }, { generator });
  const { output } = gru.forward(generator.randn([5, 3, 10]));
  show('#lab', output.shape, output.data[0]);
}

void core();
void lab();
