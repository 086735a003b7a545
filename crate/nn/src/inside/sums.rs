//! A row of a weight times what a unit reads: each product, and where its factor comes from.

use serde::Serialize;

use super::LISTED_TERMS;

/// Where a number that a unit reads comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum TermOrigin {
    /// A feature of the input at this step.
    Input,
    /// A unit's state: of the layer below at this step, or of this one at the step before.
    State {
        /// Its layer.
        layer: usize,
        /// Whether it is of the reverse direction.
        reverse: bool,
        /// Its step.
        step: usize,
        /// The unit.
        unit: usize,
    },
    /// A unit's element of `h_0`; of a cell state, of `c_0`.
    #[serde(rename = "h_0")]
    #[cfg_attr(feature = "types", ts(rename = "h_0"))]
    Initial,
}

/// One product of a sum: `weight * value`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProductTerm {
    /// The column of the weight, and the element of what is read.
    pub index: usize,
    /// The weight.
    pub weight: f32,
    /// What it is multiplied by.
    pub value: f32,
    /// Their product.
    pub product: f32,
    /// Where the value comes from.
    pub from: TermOrigin,
}

/// A row of `W x + b`: the largest products, the sum of the others, the bias, and all of it together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RowSum {
    /// The name of the weight in the state dict.
    pub weight: String,
    /// Its row.
    pub row: usize,
    /// The name of the bias; null where the module has none.
    pub bias_name: Option<String>,
    /// The bias; 0 where the module has none.
    pub bias: f32,
    /// At most 32 products, those of the largest size.
    pub terms: Vec<ProductTerm>,
    /// How many products there are.
    pub count: usize,
    /// The sum of the products that are not listed.
    pub rest: f32,
    /// The sum of all products and the bias.
    pub total: f32,
}

/// Numbers that a unit reads, and where each comes from.
pub(super) type Sources = (Vec<f32>, Vec<TermOrigin>);

/// A parameter of the layer and direction: its name and its elements.
pub(super) type NamedElements<'a> = (String, &'a [f32]);

/// One row of a weight times what is read, with the bias.
pub(super) fn row_sum(
    (name, elements): &NamedElements<'_>,
    row: usize,
    bias: Option<&NamedElements<'_>>,
    (x, from): &Sources,
) -> RowSum {
    let weights = &elements[row * x.len()..][..x.len()];
    let product = |index: usize| weights[index] * x[index];
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| product(b).abs().total_cmp(&product(a).abs()));
    let unlisted = order.split_off(order.len().min(LISTED_TERMS));
    order.sort_unstable();
    let terms = order.into_iter().map(|index| ProductTerm {
        index,
        weight: weights[index],
        value: x[index],
        product: product(index),
        from: from[index],
    });
    let of_row = bias.map_or(0.0, |(_, elements)| elements[row]);
    RowSum {
        weight: name.clone(),
        row,
        bias_name: bias.map(|(name, _)| name.clone()),
        bias: of_row,
        terms: terms.collect(),
        count: x.len(),
        rest: unlisted.into_iter().map(product).sum(),
        total: num::dot(weights, x) + of_row,
    }
}
