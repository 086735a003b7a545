import init, { Generator, Gru } from 'gru-playground/core';

// torch.manual_seed(0); gru = nn.GRU(10, 20, 2); out = gru(torch.randn(5, 3, 10))[0]
async function core() {
  await init();
  const generator = new Generator(0);
  const gru = new Gru({ input_size: 10, hidden_size: 20, num_layers: 2 }, { generator });
  const { output } = gru.forward(generator.randn([5, 3, 10]));
  document.querySelector('#core')?.replaceChildren(`${output.shape.join(', ')}: ${output.data[0]?.toFixed(5) ?? ''}`);
}

void core();
