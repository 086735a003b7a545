//! Parameters as Keras and ONNX lay them out, taken apart into `PyTorch`'s: both pack z, r, h where `PyTorch`
//! packs r, z, n.

use ndarray::{ArrayD, ArrayViewD};

use num::Real;

use crate::error::RecurrentError;
use crate::sequence::{row_major, shaped};

/// Parameters by their names in `PyTorch`'s state dict.
pub type Named<T> = Vec<(String, ArrayD<T>)>;

/// The parameters of a Keras `GRU` layer, as those of an `nn.GRU` of one layer; without a bias, of one that has
/// none.
///
/// `kernel` is (I, 3H), `recurrent_kernel` (H, 3H), `bias` (2, 3H) with `reset_after=True` and else (3H).
///
/// # Errors
/// [`RecurrentError::LayoutShape`] names what does not fit.
pub fn from_keras<T: Real>(
    kernel: &ArrayViewD<'_, T>,
    recurrent_kernel: &ArrayViewD<'_, T>,
    bias: Option<&ArrayViewD<'_, T>>,
) -> Result<Named<T>, RecurrentError> {
    let hidden = *recurrent_kernel.shape().first().unwrap_or(&0);
    let input = *kernel.shape().first().unwrap_or(&0);
    check_shape("recurrent_kernel", &[hidden, 3 * hidden], recurrent_kernel.shape())?;
    check_shape("kernel", &[input, 3 * hidden], kernel.shape())?;
    // Its columns are our rows.
    let rows = |columns: &ArrayViewD<'_, T>| row_major(&columns.view().reversed_axes());
    let mut named = vec![
        weight("weight_ih_l0", &rows(kernel), input),
        weight("weight_hh_l0", &rows(recurrent_kernel), hidden),
    ];
    if let Some(bias) = bias {
        let elements = row_major(bias);
        let both = bias.ndim() == 2;
        let expected = if both { vec![2, 3 * hidden] } else { vec![3 * hidden] };
        check_shape("bias", &expected, bias.shape())?;
        let (of_input, of_hidden) = elements.split_at(3 * hidden);
        let none = vec![T::zero(); 3 * hidden];
        named.push(vector("bias_ih_l0", of_input));
        named.push(vector("bias_hh_l0", if both { of_hidden } else { &none }));
    }
    Ok(named)
}

/// The parameters of an ONNX `GRU` node, as those of an `nn.GRU` of one layer, bidirectional if D is 2; without
/// `B`, of one that has no bias.
///
/// `W` is (D, 3H, I), `R` (D, 3H, H), `B` (D, 6H).
///
/// # Errors
/// [`RecurrentError::LayoutShape`] names what does not fit.
pub fn from_onnx<T: Real>(
    w: &ArrayViewD<'_, T>,
    r: &ArrayViewD<'_, T>,
    b: Option<&ArrayViewD<'_, T>>,
) -> Result<Named<T>, RecurrentError> {
    let hidden = *r.shape().last().unwrap_or(&0);
    let input = *w.shape().last().unwrap_or(&0);
    let directions = if r.shape().first() == Some(&2) { 2 } else { 1 };
    check_shape("R", &[directions, 3 * hidden, hidden], r.shape())?;
    check_shape("W", &[directions, 3 * hidden, input], w.shape())?;
    if let Some(b) = b {
        check_shape("B", &[directions, 6 * hidden], b.shape())?;
    }
    let mut named = Vec::new();
    let (w, r, b) = (row_major(w), row_major(r), b.map(row_major));
    for (direction, suffix) in ["", "_reverse"].into_iter().take(directions).enumerate() {
        let part = |all: &[T], size: usize| all[direction * size..][..size].to_vec();
        named.push(weight(&format!("weight_ih_l0{suffix}"), &part(&w, 3 * hidden * input), input));
        named.push(weight(&format!("weight_hh_l0{suffix}"), &part(&r, 3 * hidden * hidden), hidden));
        if let Some(b) = &b {
            let both = part(b, 6 * hidden);
            let (of_input, of_hidden) = both.split_at(3 * hidden);
            named.push(vector(&format!("bias_ih_l0{suffix}"), of_input));
            named.push(vector(&format!("bias_hh_l0{suffix}"), of_hidden));
        }
    }
    Ok(named)
}

fn weight<T: Real>(name: &str, z_r_h: &[T], columns: usize) -> (String, ArrayD<T>) {
    (name.to_owned(), shaped(vec![z_r_h.len() / columns.max(1), columns], reordered(z_r_h)))
}

fn vector<T: Real>(name: &str, z_r_h: &[T]) -> (String, ArrayD<T>) {
    (name.to_owned(), shaped(vec![z_r_h.len()], reordered(z_r_h)))
}

/// The three gates' rows in the order r, z, n.
fn reordered<T: Real>(z_r_h: &[T]) -> Vec<T> {
    let (z, rest) = z_r_h.split_at(z_r_h.len() / 3);
    let (r, h) = rest.split_at(z.len());
    [r, z, h].concat()
}

fn check_shape(name: &'static str, expected: &[usize], got: &[usize]) -> Result<(), RecurrentError> {
    if expected == got {
        return Ok(());
    }
    Err(RecurrentError::LayoutShape { name, expected: expected.to_vec(), got: got.to_vec() })
}
