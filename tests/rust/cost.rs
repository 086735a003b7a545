//! The cost model against sums over what it counts, and at sizes that nothing could hold.

use crate::calls::case;
use gru_playground::cost::{Cost, Count, LIMIT_BYTES, in_words};
use gru_playground::gru::{Gru, GruConfig};
use proptest::prelude::*;

fn cost(config: &GruConfig) -> Cost {
    Cost::of(config, 5, 3, 4)
}

#[test]
fn the_example_of_the_issue() {
    // Two layers of 20 units over 10 features: 60 rows of 10 and 20, then of 20 and 20 columns, and biases.
    let config = GruConfig { num_layers: 2, ..GruConfig::new(10, 20) };
    let cost = cost(&config);
    assert_eq!(cost.parameters.to_u64(), Some(60 * (10 + 20 + 2) + 60 * (20 + 20 + 2)));
    assert_eq!(cost.parameter_bytes.to_u64(), Some(4 * 4440));
    assert_eq!(cost.multiply_adds.input_products.to_u64(), Some(15 * 60 * (10 + 20)));
    assert_eq!(cost.multiply_adds.hidden_products.to_u64(), Some(15 * 60 * (20 + 20)));
    assert_eq!(cost.gate_activations.to_u64(), Some(15 * 60 * 2));
    // h_0, then the second layer's input and output, which are more than the first one's.
    assert_eq!(cost.activation_bytes.to_u64(), Some(4 * (2 * 3 * 20 + 2 * 15 * 20)));
    assert_eq!(cost.trace_bytes.to_u64(), Some(4 * 9 * 2 * 15 * 20));
    assert_eq!(cost.trace_at_bytes.to_u64(), Some(4 * 9 * 5 * 20));
    let traced_at = cost.parameter_bytes + cost.activation_bytes + cost.trace_at_bytes;
    assert_eq!(cost.traced_at_bytes(), traced_at);
}

#[test]
fn the_largest_sizes_are_counted_exactly() {
    let config =
        GruConfig { num_layers: u64::MAX, bidirectional: true, ..GruConfig::new(u64::MAX, u64::MAX) };
    let cost = Cost::of(&config, u64::MAX, u64::MAX, 8);
    // Computed with Python's integers.
    let expected = [
        "112987831236960253732710656005532949244375180094723548250100",
        "38447766646576381471994350144269583303466395595604593580881830463977902157042496359943461115265000",
        "16674060850173532138583814774862573317672269528625932641620510587131299417292800",
    ];
    assert_eq!(cost.parameters.to_string(), expected[0]);
    assert_eq!(cost.multiply_adds.total().to_string(), expected[1]);
    assert_eq!(cost.traced_bytes().to_string(), expected[2]);
    assert_eq!(cost.parameters.to_u128(), None);
}

#[test]
fn the_last_parameter_of_an_endless_module_has_a_name() {
    let config = GruConfig { num_layers: 1 << 53, bidirectional: true, ..GruConfig::new(1 << 53, 1 << 53) };
    assert_eq!(config.parameter_tensors(), 1 << 56);
    let last_weight = config.parameter((1 << 56) - 3).expect("a parameter");
    assert_eq!(last_weight.name(), "weight_hh_l9007199254740991_reverse");
    assert_eq!(last_weight.shape(), [3 << 53, 1 << 53]);
    assert_eq!(last_weight.count().to_u128(), Some(3 << 106));
    assert_eq!(config.parameter(1 << 56), None);
    assert_eq!(config.parameter(u128::MAX), None);
}

#[test]
fn an_absurd_number_of_layers_or_steps_costs_nothing_to_cost() {
    let none = GruConfig { num_layers: 0, ..GruConfig::new(0, 0) };
    assert_eq!(Cost::of(&none, 0, 0, 0).traced_bytes(), Count::from(0_u64));
}

proptest! {
    #[test]
    fn parameters_are_those_of_the_module(case in case()) {
        let (gru, _, _): (Gru<f32>, _, _) = case.draw();
        let specs: Vec<_> = case.config.parameters().collect();
        let held: Vec<_> = gru.state_dict().collect();
        prop_assert_eq!(specs.len(), held.len());
        prop_assert_eq!(case.config.parameter_tensors(), held.len() as u128);
        for (spec, (name, tensor)) in specs.iter().zip(&held) {
            prop_assert_eq!(&spec.name(), name);
            let shape: Vec<u128> = tensor.shape().iter().map(|&size| size as u128).collect();
            prop_assert_eq!(spec.shape(), shape);
            prop_assert_eq!(spec.count().to_u64(), Some(tensor.len() as u64));
        }
        let total: usize = held.iter().map(|(_, tensor)| tensor.len()).sum();
        prop_assert_eq!(cost(&case.config).parameters.to_u64(), Some(total as u64));
    }

    #[test]
    fn a_byte_is_a_byte_in_words(bytes in 1000_u64..) {
        let words = in_words(Count::from(bytes));
        let (number, unit) = words.split_once(' ').expect("number and unit");
        let thousands = ["KB", "MB", "GB", "TB", "PB", "EB"].iter().position(|name| *name == unit);
        let unit = 1000_f64.powi(thousands.expect("a unit") as i32 + 1);
        let number: f64 = number.parse().expect("a number");
        prop_assert!((1.0..1000.0).contains(&number));
        // Rounded up, by a tenth at most.
        let exact = bytes as f64 / unit;
        prop_assert!(exact <= number + 1e-9 && number < exact + 0.1 + 1e-9);
    }
}

#[test]
fn bytes_in_words() {
    let words = |bytes: u128| in_words(Count::from(bytes));
    assert_eq!(words(0), "0 bytes");
    assert_eq!(words(1), "1 byte");
    assert_eq!(words(999), "999 bytes");
    assert_eq!(words(1000), "1 KB");
    assert_eq!(words(1001), "1.1 KB");
    assert_eq!(words(999_900), "999.9 KB");
    assert_eq!(words(999_901), "1 MB");
    assert_eq!(words(512_000_000), "512 MB");
    assert_eq!(words(3_150_000_000), "3.2 GB");
    assert_eq!(words(10_u128.pow(30)), "1 QB");
    assert_eq!(words(10_u128.pow(33)), "1 × 10^33 bytes");
    assert_eq!(words(123_400 * 10_u128.pow(31)), "1.3 × 10^36 bytes");
}

#[test]
fn what_exceeds_the_limit_is_refused_with_its_size_in_words() {
    assert!(Count::from(LIMIT_BYTES).within(LIMIT_BYTES).is_ok());
    let refusal = Count::from(LIMIT_BYTES + 1).within(LIMIT_BYTES).expect_err("a byte too many");
    assert_eq!(refusal.to_string(), "needs 512.1 MB, the limit here is 512 MB");
}

#[test]
fn a_count_crosses_to_javascript_as_decimal_digits() {
    let json = serde_json::to_string(&Count::from(u128::MAX)).expect("a string");
    assert_eq!(json, "\"340282366920938463463374607431768211455\"");
}
