//! Methods of a tensor that keep its numbers, as a notebook calls them on the tensor that it has.

use std::fmt;

use crate::shape::{Dim, LARGEST, Shape};

/// A method, or an index that keeps a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Method {
    /// An axis of 1 before this one; behind the last it is `unsqueeze(-1)`.
    Unsqueeze(usize),
    /// Without this axis of 1.
    Squeeze(usize),
    /// Two axes change places.
    Transpose(usize, usize),
    /// Three axes in this order.
    Permute([usize; 3]),
    /// The axes from one to another become one.
    Flatten(usize, usize),
    /// An axis of 1, repeated.
    Repeat(usize, i128),
    /// The first of an axis alone.
    First(usize, i128),
    /// In memory as `cuDNN` asks for it; the shape stays.
    Contiguous,
}

/// What methods make of a tensor: the shape, and the expression in which `{}` is the tensor.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turned {
    pub(crate) shape: Shape,
    pub(crate) expression: String,
}

impl Turned {
    /// The tensor after these methods; none where it lacks an axis, or one would be longer than can be counted.
    pub(crate) fn by(shape: &Shape, methods: &[Method]) -> Option<Self> {
        let mut turned = Turned { shape: shape.clone(), expression: "{}".to_owned() };
        for method in methods {
            let rank = turned.shape.rank();
            if method.rank_needed() > rank {
                return None;
            }
            turned.expression += &WrittenMethod { method: *method, rank }.to_string();
            turned.shape = method.apply(turned.shape)?;
        }
        Some(turned)
    }

    /// Without all of its axes of 1 but the last, as far as three are left; none where there are too few.
    pub(crate) fn squeezed(shape: &Shape) -> Option<Self> {
        let mut surplus = shape.rank().checked_sub(3)?;
        // The last axis holds the features, so it stays.
        let last = shape.rank() - 1;
        let mut kept = Vec::new();
        let mut out = None;
        for (axis, size) in shape.0.iter().enumerate() {
            if size.0 == 1 && axis != last && surplus > 0 {
                surplus -= 1;
                out = Some(axis);
            } else if kept.len() == 3 {
                return None;
            } else {
                kept.push(*size);
            }
        }
        if shape.rank() == 4 {
            return Turned::by(shape, &[Method::Squeeze(out?)]);
        }
        let [first, second, third] = kept[..] else { return None };
        let expression = format!("{{}}.reshape({first}, {second}, {third})");
        Some(Turned { shape: Shape(kept), expression })
    }
}

impl Method {
    /// How many axes a tensor has at least that the method can be called on.
    fn rank_needed(self) -> usize {
        match self {
            Method::Unsqueeze(axis) => axis,
            Method::Squeeze(axis) | Method::Repeat(axis, _) | Method::First(axis, _) => axis + 1,
            Method::Transpose(one, other) | Method::Flatten(one, other) => one.max(other) + 1,
            Method::Permute(_) => 3,
            Method::Contiguous => 0,
        }
    }

    fn apply(self, mut shape: Shape) -> Option<Shape> {
        let sizes = &mut shape.0;
        match self {
            Method::Unsqueeze(axis) => sizes.insert(axis, Dim(1)),
            Method::Squeeze(axis) => {
                sizes.remove(axis);
            }
            Method::Transpose(one, other) => sizes.swap(one, other),
            Method::Permute(order) => *sizes = order.map(|axis| sizes[axis]).to_vec(),
            Method::Flatten(from, to) => {
                let product =
                    sizes[from..=to].iter().try_fold(1_i128, |product, size| product.checked_mul(size.0));
                let merged = product.filter(|product| *product <= LARGEST)?;
                sizes.splice(from..=to, [Dim(merged)]);
            }
            Method::Repeat(axis, size) | Method::First(axis, size) => sizes[axis] = Dim(size),
            Method::Contiguous => {}
        }
        Some(shape)
    }
}

/// A method as it is called on a tensor of so many axes.
struct WrittenMethod {
    method: Method,
    rank: usize,
}

impl fmt::Display for WrittenMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WrittenMethod { method, rank } = self;
        match method {
            Method::Unsqueeze(axis) if axis == rank => f.write_str(".unsqueeze(-1)"),
            Method::Unsqueeze(axis) => write!(f, ".unsqueeze({axis})"),
            Method::Squeeze(axis) => write!(f, ".squeeze({axis})"),
            Method::Transpose(one, other) => write!(f, ".transpose({one}, {other})"),
            Method::Permute([first, second, third]) => write!(f, ".permute({first}, {second}, {third})"),
            Method::Flatten(from, to) if to + 1 == *rank => write!(f, ".flatten({from})"),
            Method::Flatten(from, to) => write!(f, ".flatten({from}, {to})"),
            Method::Repeat(axis, size) => {
                let times = |at| if at == *axis { size.to_string() } else { "1".to_owned() };
                write!(f, ".repeat({})", (0..*rank).map(times).collect::<Vec<_>>().join(", "))
            }
            Method::First(axis, size) if axis + 1 == *rank => write!(f, "[..., :{size}]"),
            Method::First(axis, size) => write!(f, "[{}:{size}]", ":, ".repeat(*axis)),
            Method::Contiguous => f.write_str(".contiguous()"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_written_one_after_the_other() {
        let map = Shape::new([8, 16, 5, 7]);
        for (methods, expression, shape) in [
            (
                vec![Method::Flatten(2, 3), Method::Transpose(1, 2)],
                "{}.flatten(2).transpose(1, 2)",
                "(8, 35, 16)",
            ),
            (
                vec![Method::Flatten(1, 2), Method::Permute([2, 0, 1])],
                "{}.flatten(1, 2).permute(2, 0, 1)",
                "(7, 8, 80)",
            ),
            (vec![Method::Unsqueeze(4), Method::Squeeze(4)], "{}.unsqueeze(-1).squeeze(4)", "(8, 16, 5, 7)"),
            (vec![Method::First(3, 2), Method::First(1, 3)], "{}[..., :2][:, :3]", "(8, 3, 5, 2)"),
            (
                vec![Method::Unsqueeze(1), Method::Repeat(1, 3)],
                "{}.unsqueeze(1).repeat(1, 3, 1, 1, 1)",
                "(8, 3, 16, 5, 7)",
            ),
        ] {
            let turned = Turned::by(&map, &methods).expect("sizes that can be counted");
            assert_eq!(
                (turned.expression.as_str(), turned.shape.to_string()),
                (expression, shape.to_owned())
            );
        }
        assert_eq!(Turned::by(&Shape::new([1_i64 << 40, 1 << 40]), &[Method::Flatten(0, 1)]), None);
        assert_eq!(Turned::by(&Shape::new([3]), &[Method::Transpose(0, 1)]), None);
    }

    #[test]
    fn axes_of_1_are_left_out_and_the_last_is_not_one_of_them() {
        let squeezed = |sizes: &[i64]| {
            Turned::squeezed(&Shape::new(sizes.iter().copied())).map(|turned| turned.expression)
        };
        assert_eq!(squeezed(&[5, 1, 3, 10]).as_deref(), Some("{}.squeeze(1)"));
        assert_eq!(squeezed(&[1, 5, 1, 3, 1]).as_deref(), Some("{}.reshape(5, 3, 1)"));
        assert_eq!(squeezed(&[2, 5, 3, 1]), None);
        assert_eq!(squeezed(&[5, 3]), None);
    }
}
