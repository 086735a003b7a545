use super::*;
use crate::simd::LANES;

/// Every `step`th float of each sign, from 0 to infinity, and the NaNs among them.
fn floats(step: usize) -> impl Iterator<Item = f32> {
    (0..=0x7fff_ffff_u32).step_by(step).flat_map(|bits| [f32::from_bits(bits), -f32::from_bits(bits)])
}

/// The greatest distance of a function from what it should be, and the range of its values.
fn errors(f: fn(F32x4) -> F32x4, truth: fn(f64) -> f64) -> (f64, f32, f32) {
    let edges = [0.0, BOUND, 2.0 * BOUND, f32::INFINITY, f32::MIN_POSITIVE];
    let edges = edges.into_iter().flat_map(|x| [x, -x, x.next_up(), -x.next_up(), x.next_down()]);
    // Between these everything happens: each of a fine grid too.
    let grid = (-200_000..=200_000).map(|i| i as f32 * 1e-4);
    let (mut worst, mut low, mut high) = (0.0_f64, f32::INFINITY, f32::NEG_INFINITY);
    for x in floats(1009).chain(edges).chain(grid) {
        let mut y = [0.0; LANES];
        f(F32x4::splat(x)).store(&mut y);
        assert_eq!(y.map(f32::to_bits), [y[0].to_bits(); LANES], "lanes differ at {x}");
        assert_eq!(y[0].is_nan(), x.is_nan(), "at {x}");
        if !x.is_nan() {
            worst = worst.max((f64::from(y[0]) - truth(x.into())).abs());
            (low, high) = (low.min(y[0]), high.max(y[0]));
        }
    }
    (worst, low, high)
}

#[test]
fn tanh_is_near_tanh_for_every_float() {
    let (worst, low, high) = errors(tanh, f64::tanh);
    assert!(worst < 5e-7, "{worst}");
    assert!(low >= -1.0 && high <= 1.0, "[{low}, {high}]");
}

#[test]
fn sigmoid_is_near_sigmoid_for_every_float() {
    let (worst, low, high) = errors(sigmoid, |x| 1.0 / (1.0 + (-x).exp()));
    assert!(worst < 3e-7, "{worst}");
    assert!(low >= 0.0 && high <= 1.0, "[{low}, {high}]");
}

#[test]
fn both_saturate_exactly() {
    for x in [BOUND, 9.0, 20.0, 1e10, f32::MAX, f32::INFINITY] {
        let mut lanes = [[0.0; LANES]; 4];
        let values = [tanh(F32x4::splat(x)), tanh(F32x4::splat(-x)), sigmoid(F32x4::splat(2.0 * x))];
        for (lanes, y) in lanes.iter_mut().zip(values.into_iter().chain([sigmoid(F32x4::splat(-2.0 * x))])) {
            y.store(lanes);
        }
        let bits = lanes.map(|lanes| lanes[0].to_bits());
        assert_eq!(bits, [1.0_f32, -1.0, 1.0, 0.0].map(f32::to_bits), "at {x}");
    }
}

#[test]
fn both_are_symmetric() {
    for x in floats(100_003).filter(|x| !x.is_nan()) {
        let mut lanes = [[0.0; LANES]; 4];
        for (lanes, y) in lanes.iter_mut().zip([tanh(F32x4::splat(x)), tanh(F32x4::splat(-x))]) {
            y.store(lanes);
        }
        assert_eq!(lanes[0][0].to_bits(), (-lanes[1][0]).to_bits(), "at {x}");
    }
}
