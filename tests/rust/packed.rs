//! Packed sequences beyond their numbers, which `goldens.rs` holds to `PyTorch`: its messages, and padding.

use gru_playground::gru::{Gru, GruConfig};
use gru_playground::packed::{
    PackedError, PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence,
};
use gru_playground::rng::TorchGenerator;
use ndarray::ArrayD;

fn numbers(shape: &[usize]) -> ArrayD<f64> {
    let mut i = 0.0_f64;
    ArrayD::from_shape_simple_fn(shape, || {
        i += 1.0;
        i
    })
}

const UNSORTED: &str = "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can \
                        pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this \
                        requirement if you do not need ONNX exportability.";
const NOT_POSITIVE: &str =
    "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0";

#[test]
fn packing_says_what_pytorch_says() {
    let cases: [(&[usize], &[i64], bool, &str); 11] = [
        (&[4, 3, 2], &[2, 4, 1], true, UNSORTED),
        (
            &[4, 3, 2],
            &[4, 2],
            true,
            "Expected `len(lengths)` to be equal to batch_size, but got 2 (batch_size=3)",
        ),
        (
            &[4, 3, 2],
            &[4, 2, 1, 1],
            true,
            "Expected `len(lengths)` to be equal to batch_size, but got 4 (batch_size=3)",
        ),
        (&[4, 3, 2], &[4, 2, 0], true, NOT_POSITIVE),
        (&[4, 3, 2], &[2, 4, -1], true, NOT_POSITIVE),
        (&[4, 3, 2], &[0, 4, 1], false, NOT_POSITIVE),
        (&[4, 0, 2], &[], true, "Cannot pack empty tensors."),
        (&[0, 3, 2], &[1, 1, 1], true, "Cannot pack empty tensors."),
        (&[4], &[4], true, "Dimension out of range (expected to be in range of [-1, 0], but got 1)"),
        (&[4, 3, 2], &[2, 4, 1, 3], false, "INDICES element is out of DATA bounds, id=3 axis_dim=3"),
        (&[4, 3, 2], &[5, 2, 1], true, "a sample of 5 steps cannot be packed from a sequence of 4"),
    ];
    for (shape, lengths, enforce_sorted, message) in cases {
        let error = pack_padded_sequence(numbers(shape).view(), lengths, false, enforce_sorted);
        assert_eq!(error.expect_err(message).to_string(), message);
    }
    let sequences = |shapes: &[&[usize]], enforce_sorted| {
        let sequences: Vec<_> = shapes.iter().map(|shape| numbers(shape)).collect();
        let views: Vec<_> = sequences.iter().map(|sequence| sequence.view()).collect();
        pack_sequence(&views, enforce_sorted).map_err(|error| error.to_string())
    };
    let say = |message: &str| Err(message.to_owned());
    assert_eq!(sequences(&[], true), say("received an empty list of sequences"));
    assert_eq!(sequences(&[&[2, 3], &[4, 3]], true), say(UNSORTED));
    assert_eq!(sequences(&[&[4, 3], &[0, 3]], true), say(NOT_POSITIVE));
    let features =
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1";
    assert_eq!(sequences(&[&[4, 3], &[2, 2]], true), say(features));
    let packed = sequences(&[&[2, 3], &[4, 3]], false).expect("they are sorted");
    assert_eq!((packed.batch_sizes, packed.sorted_indices), (vec![2, 2, 1, 1], Some(vec![1, 0])));
}

#[test]
fn padding_gives_back_what_was_packed() {
    let input = numbers(&[4, 3, 2]);
    let packed = pack_padded_sequence(input.view(), &[2, 4, 1], false, false).expect("it packs");
    let (padded, lengths) = pad_packed_sequence(&packed, false, -7.0, Some(6)).expect("it pads");
    assert_eq!((padded.shape(), lengths), ([6, 3, 2].as_slice(), vec![2, 4, 1]));
    for ((t, b, j), &element) in
        padded.view().into_dimensionality::<ndarray::Ix3>().expect("3").indexed_iter()
    {
        let expected = if t < [2, 4, 1][b] { input[[t, b, j]] } else { -7.0 };
        assert!((element - expected).abs() < 1e-12);
    }
    assert_eq!(
        pad_packed_sequence(&packed, false, 0.0, Some(3)).expect_err("too short").to_string(),
        "Expected total_length to be at least the length of the longest sequence in input, but got \
         total_length=3 and max sequence length being 4"
    );
    let broken = PackedSequence { batch_sizes: vec![3, 4], ..packed.clone() };
    assert_eq!(pad_packed_sequence(&broken, false, 0.0, None), Err(PackedError::Inconsistent));
    let broken = PackedSequence { unsorted_indices: Some(vec![0, 0, 1]), ..packed };
    assert_eq!(pad_packed_sequence(&broken, false, 0.0, None), Err(PackedError::Inconsistent));
}

#[test]
fn a_call_says_what_pytorch_says() {
    let gru = Gru::<f64>::new(GruConfig::new(2, 5), &mut TorchGenerator::new(0)).expect("it fits");
    let say = |shape: &[usize], h_0: Option<&[usize]>| {
        let packed = pack_padded_sequence(numbers(shape).view(), &[4, 2, 1], false, true).expect("it packs");
        let h_0 = h_0.map(numbers);
        gru.forward_packed(&packed, h_0.as_ref().map(|h_0| h_0.view()))
            .expect_err("it does not fit")
            .to_string()
    };
    assert_eq!(say(&[4, 3, 2], Some(&[1, 2, 5])), "Expected hidden size (1, 3, 5), got [1, 2, 5]");
    assert_eq!(say(&[4, 3, 2], Some(&[3, 5])), "Expected hidden size (1, 3, 5), got [3, 5]");
    assert_eq!(say(&[4, 3, 3], None), "input.size(-1) must be equal to input_size. Expected 2, got 3");
    assert_eq!(say(&[4, 3], None), "input must have 2 dimensions, got 1");
    assert_eq!(say(&[4, 3, 2, 2], None), "input must have 2 dimensions, got 3");
}

#[test]
fn lengths_are_sorted_in_the_order_of_pytorch() {
    let records = include_str!("../golden/units/sort.jsonl").lines();
    let records: Vec<serde_json::Value> =
        records.map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(records.len() >= 20);
    for record in records {
        let list = |name: &str| {
            let numbers = record[name].as_array().expect("a list").iter();
            numbers.map(|number| number.as_i64().expect("a whole number")).collect::<Vec<_>>()
        };
        let (lengths, order) = (list("lengths"), list("order"));
        let longest = *lengths.iter().max().expect("at least one") as usize;
        let input = numbers(&[longest, lengths.len(), 1]);
        let packed = pack_padded_sequence(input.view(), &lengths, false, false).expect("it packs");
        let sorted: Vec<i64> =
            packed.sorted_indices.expect("it was sorted").iter().map(|&i| i as i64).collect();
        assert_eq!(sorted, order, "{lengths:?}");
    }
}
