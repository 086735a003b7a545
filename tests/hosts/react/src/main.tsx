import 'gru-playground';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function Week3() {
  const [progress, setProgress] = useState('');
  return (
    <>
      <h1>Week 3: the GRU</h1>
      <p>Change a number and watch the shapes.</p>
      <gru-playground loading="eager" seqLen={7} numLayers={1} hide={['seed', 'dropout', 'parameters']} />
      <p>What is wrong with this code?</p>
      <gru-question
        loading="eager"
        number={5}
        ongru-complete={({ detail }) => {
          if (detail.kind === 'question') setProgress(`question ${detail.number}: ${detail.solved ? 'solved' : 'not solved'}`);
        }}
      />
      <output id="progress">{progress}</output>
    </>
  );
}

const main = document.querySelector('main');
if (main) createRoot(main).render(<Week3 />);
