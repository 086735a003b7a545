//! The trained model on sentences that it was not trained on.

use gru_playground_sentence::{
    Opinion, SEED, STEPS, SentenceModel, Sentences, WordKind, model_config, read_sentence, read_tokens,
    remembering_unit, right_opinion, train_model, trained, weights_file,
};
use rng::TorchGenerator;

/// A stream that the training does not draw from.
const UNSEEN: u64 = 20_261_130;

/// The model, as any reader of safetensors finds it.
fn stored_model() -> SentenceModel {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/weights.safetensors")).expect("it is there");
    let file = weights::open(&bytes).expect("a file of safetensors");
    let tensors: Vec<_> =
        file.tensors.iter().map(|tensor| (tensor.name.clone(), tensor.to_array())).collect();
    let views = tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    SentenceModel::from_state_dict(&model_config(), views).expect("its parameters")
}

/// What the model says of sentences.
fn said(sentences: &Sentences) -> Vec<Opinion> {
    let (input, _) = sentences.clone().batch();
    let predictions = stored_model().forward(&input, None).expect("tokens of the vocabulary").predictions;
    let best = |row: &[f32]| (0..3).max_by(|&one, &two| row[one].total_cmp(&row[two])).expect("three");
    predictions.chunks_exact(3).map(|row| Opinion::CLASSES[best(row)]).collect()
}

fn right(sentences: &Sentences) -> usize {
    let due = sentences.tokens.chunks_exact(sentences.seq_len).map(right_opinion);
    said(sentences).into_iter().zip(due).filter(|(said, due)| said == due).count()
}

#[test]
fn of_500_unseen_sentences_98_in_100_are_read_right_at_every_length() {
    let mut generator = TorchGenerator::new(UNSEEN);
    for seq_len in [2, 5, 9, 15, 24, 40] {
        let right = right(&Sentences::draw(500, seq_len, &mut generator));
        assert!(right >= 490, "{right} of 500 sentences of {seq_len} words");
    }
}

#[test]
fn over_twenty_fillers_a_negation_is_remembered_by_one_unit_in_every_sentence() {
    const GAP: usize = 20;
    let model = trained();
    let unit = remembering_unit(&model);
    let sentences = Sentences::with_gap(500, GAP, &mut TorchGenerator::new(UNSEEN));
    assert!(right(&sentences) >= 490);
    for sentence in sentences.tokens.chunks_exact(sentences.seq_len) {
        let (steps, product) = (read_tokens(&model, sentence), 0..GAP);
        let kept: f32 = product.map(|filler| steps[4 + filler].z[unit]).product();
        assert!(kept >= 0.9, "{kept} of the state of unit {unit} is left after {sentence:?}");
    }
}

#[test]
fn a_sentence_of_ones_own_is_read_word_by_word() {
    let model = trained();
    let says = |text| read_sentence(&model, text).steps.last().map(|step| step.opinion);
    assert_eq!(says("The film was good."), Some(Opinion::Good));
    assert_eq!(says("The film was not good."), Some(Opinion::Bad));
    assert_eq!(says("It wasn't, as my friend Zoë said all evening, a boring film!"), Some(Opinion::Good));
    assert_eq!(says("The plot was dull, but the music was lovely"), Some(Opinion::Good));
    assert_eq!(says("The music was lovely but the plot was dull"), Some(Opinion::Bad));
    assert_eq!(says("A book of it"), Some(Opinion::None));
    assert_eq!(says(" ... "), None);
    let reading = read_sentence(&model, "Never a clever  end");
    let words: Vec<_> = reading.steps.iter().map(|step| (&*step.word.text, step.word.kind)).collect();
    let due = [WordKind::Negation, WordKind::Filler, WordKind::Good, WordKind::Filler];
    assert_eq!(words, ["Never", "a", "clever", "end"].into_iter().zip(due).collect::<Vec<_>>());
    for step in &reading.steps {
        assert!((step.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(step.r.iter().chain(&step.z).all(|gate| (0.0..=1.0).contains(gate)));
        assert!(step.n.iter().chain(&step.h).all(|value| value.abs() <= 1.0));
    }
}

#[test]
fn a_state_is_what_the_gates_make_of_the_one_before() {
    let reading = read_sentence(&trained(), "not a good film and never dull");
    let mut h_prev = vec![0.0; reading.steps[0].h.len()];
    for step in &reading.steps {
        for (unit, h) in step.h.iter().enumerate() {
            let blend = (1.0 - step.z[unit]) * step.n[unit] + step.z[unit] * h_prev[unit];
            assert!((h - blend).abs() < 1e-6);
        }
        h_prev.clone_from(&step.h);
    }
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    let reading = read_sentence(&trained(), &"the ".repeat(64));
    assert_eq!((reading.steps.len(), reading.is_cut), (64, false));
    let reading = read_sentence(&trained(), &"the ".repeat(65));
    assert_eq!((reading.steps.len(), reading.is_cut), (64, true));
}

#[test]
fn the_reader_has_the_numbers_of_the_stored_model() {
    let (reader, mut generator) = (trained(), TorchGenerator::new(UNSEEN));
    for seq_len in [1, 7, 30] {
        let sentences = Sentences::draw(20, seq_len, &mut generator);
        let (input, _) = sentences.clone().batch();
        let predictions = stored_model().forward(&input, None).expect("tokens of the vocabulary").predictions;
        for (sentence, logits) in sentences.tokens.chunks_exact(seq_len).zip(predictions.chunks_exact(3)) {
            let exponentials: Vec<f32> = logits.iter().map(|logit| logit.exp()).collect();
            let sum: f32 = exponentials.iter().sum();
            let steps = read_tokens(&reader, sentence);
            let read = steps.last().expect("a word").probabilities;
            for (class, exponential) in exponentials.iter().enumerate() {
                assert!((exponential / sum - read[class]).abs() < 1e-5, "{sentence:?}");
            }
        }
    }
}

#[test]
fn the_training_begins_as_it_did() {
    // The whole of it is `cargo xtask lesson-weights --check`: two minutes.
    let [one, two] = [(); 2].map(|()| weights_file(&train_model(SEED, STEPS / 100).expect("finite numbers")));
    assert!(one == two && one != weights_file(&stored_model()));
    assert!(one != weights_file(&train_model(SEED + 1, STEPS / 100).expect("finite numbers")));
}
