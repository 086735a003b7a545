//! `math`.

use crate::eval::Vm;
use crate::value::fault::{type_error, value_error};
use crate::value::{Object, R};

pub const CONSTANTS: &[(&str, f64)] = &[
    ("pi", std::f64::consts::PI),
    ("e", std::f64::consts::E),
    ("tau", std::f64::consts::TAU),
    ("inf", f64::INFINITY),
    ("nan", f64::NAN),
];

fn number(vm: &mut Vm, value: &Object) -> R<f64> {
    match value {
        Object::Tensor(tensor) => Ok(vm.cx.item(tensor)?.as_float().unwrap_or(f64::NAN)),
        other => match other.as_float() {
            Some(number) => Ok(number),
            None => match vm.special(other, "__float__")? {
                Some(method) => Ok(vm.call(&method, Vec::new())?.as_float().unwrap_or(f64::NAN)),
                None => type_error(format!("must be real number, not {}", vm.type_name(other))),
            },
        },
    }
}

fn of(vm: &mut Vm, a: &[Object], function: impl Fn(f64) -> f64) -> R<Object> {
    let x = number(vm, &a[0])?;
    let y = function(x);
    if y.is_nan() && !x.is_nan() {
        return value_error("math domain error");
    }
    if y.is_infinite() && x.is_finite() {
        return crate::value::Halt::new("OverflowError", "math range error");
    }
    Ok(Object::Float(y))
}

fn logarithm(vm: &mut Vm, value: &Object, function: impl Fn(f64) -> f64) -> R<f64> {
    let x = number(vm, value)?;
    if x <= 0.0 { value_error("math domain error") } else { Ok(function(x)) }
}

fn whole(vm: &mut Vm, value: &Object, round: impl Fn(f64) -> f64, method: &str) -> R<Object> {
    if let Some(number) = value.as_big() {
        return Ok(Object::big(number));
    }
    if let Some(method) = vm.special(value, method)? {
        return vm.call(&method, Vec::new());
    }
    let x = number(vm, value)?;
    if x.is_nan() {
        return value_error("cannot convert float NaN to integer");
    }
    if x.is_infinite() {
        return crate::value::Halt::new("OverflowError", "cannot convert float infinity to integer");
    }
    Ok(Object::big(crate::eval::text::whole(round(x))))
}

fn integer(vm: &mut Vm, value: &Object) -> R<num_bigint::BigInt> {
    match value.as_big() {
        Some(number) => Ok(number),
        None => type_error(format!("'{}' object cannot be interpreted as an integer", vm.type_name(value))),
    }
}

pub const ALL: &[super::NativeEntry] = &[
    ("sqrt", "x", |vm, a| of(vm, a, f64::sqrt)),
    ("exp", "x", |vm, a| of(vm, a, f64::exp)),
    ("expm1", "x", |vm, a| of(vm, a, f64::exp_m1)),
    ("log1p", "x", |vm, a| of(vm, a, f64::ln_1p)),
    ("sin", "x", |vm, a| of(vm, a, f64::sin)),
    ("cos", "x", |vm, a| of(vm, a, f64::cos)),
    ("tan", "x", |vm, a| of(vm, a, f64::tan)),
    ("asin", "x", |vm, a| of(vm, a, f64::asin)),
    ("acos", "x", |vm, a| of(vm, a, f64::acos)),
    ("atan", "x", |vm, a| of(vm, a, f64::atan)),
    ("sinh", "x", |vm, a| of(vm, a, f64::sinh)),
    ("cosh", "x", |vm, a| of(vm, a, f64::cosh)),
    ("tanh", "x", |vm, a| of(vm, a, f64::tanh)),
    ("fabs", "x", |vm, a| of(vm, a, f64::abs)),
    ("degrees", "x", |vm, a| of(vm, a, f64::to_degrees)),
    ("radians", "x", |vm, a| of(vm, a, f64::to_radians)),
    ("atan2", "y, x", |vm, a| Ok(Object::Float(number(vm, &a[0])?.atan2(number(vm, &a[1])?)))),
    ("hypot", "*x", |vm, a| {
        let mut sum = 0.0;
        for x in a[0].items().unwrap_or_default() {
            let x = number(vm, &x)?;
            sum += x * x;
        }
        Ok(Object::Float(f64::sqrt(sum)))
    }),
    ("pow", "x, y", |vm, a| Ok(Object::Float(number(vm, &a[0])?.powf(number(vm, &a[1])?)))),
    ("fmod", "x, y", |vm, a| Ok(Object::Float(number(vm, &a[0])? % number(vm, &a[1])?))),
    ("copysign", "x, y", |vm, a| Ok(Object::Float(number(vm, &a[0])?.copysign(number(vm, &a[1])?)))),
    ("log", "x, base?", |vm, a| {
        let x = logarithm(vm, &a[0], f64::ln)?;
        match &a[1] {
            Object::Undefined => Ok(Object::Float(x)),
            base => {
                let base = logarithm(vm, base, f64::ln)?;
                Ok(Object::Float(x / base))
            }
        }
    }),
    ("log2", "x", |vm, a| Ok(Object::Float(logarithm(vm, &a[0], f64::log2)?))),
    ("log10", "x", |vm, a| Ok(Object::Float(logarithm(vm, &a[0], f64::log10)?))),
    ("floor", "x", |vm, a| whole(vm, &a[0], f64::floor, "__floor__")),
    ("ceil", "x", |vm, a| whole(vm, &a[0], f64::ceil, "__ceil__")),
    ("trunc", "x", |vm, a| whole(vm, &a[0], f64::trunc, "__trunc__")),
    ("isnan", "x", |vm, a| Ok(Object::Bool(number(vm, &a[0])?.is_nan()))),
    ("isinf", "x", |vm, a| Ok(Object::Bool(number(vm, &a[0])?.is_infinite()))),
    ("isfinite", "x", |vm, a| Ok(Object::Bool(number(vm, &a[0])?.is_finite()))),
    ("isclose", "a, b, *, rel_tol?, abs_tol?", |vm, a| {
        let (x, y) = (number(vm, &a[0])?, number(vm, &a[1])?);
        let (relative, absolute) = (a[2].as_float().unwrap_or(1e-9), a[3].as_float().unwrap_or(0.0));
        let close = x == y || (x - y).abs() <= (relative * x.abs().max(y.abs())).max(absolute);
        Ok(Object::Bool(close))
    }),
    ("fsum", "iterable", |vm, a| {
        let mut parts: Vec<f64> = Vec::new();
        for item in vm.collect(&a[0])? {
            let mut x = number(vm, &item)?;
            let mut kept = Vec::new();
            for mut y in parts {
                if x.abs() < y.abs() {
                    std::mem::swap(&mut x, &mut y);
                }
                let high = x + y;
                let low = y - (high - x);
                if low != 0.0 {
                    kept.push(low);
                }
                x = high;
            }
            kept.push(x);
            parts = kept;
        }
        Ok(Object::Float(parts.iter().rev().sum()))
    }),
    ("prod", "iterable, *, start?", |vm, a| {
        let mut total = a[1].clone().or(Object::Int(1));
        for item in vm.collect(&a[0])? {
            total = vm.binary(crate::syntax::code::Binary::Mul, &total, &item)?;
        }
        Ok(total)
    }),
    ("gcd", "*integers", |vm, a| {
        let mut x = num_bigint::BigInt::from(0);
        for y in a[0].items().unwrap_or_default() {
            let mut y = integer(vm, &y)?;
            while y != 0.into() {
                (x, y) = (y.clone(), x % y);
            }
        }
        Ok(Object::big(if x < 0.into() { -x } else { x }))
    }),
    ("factorial", "x", |vm, a| {
        let n = integer(vm, &a[0])?;
        if n < 0.into() {
            return value_error("factorial() not defined for negative values");
        }
        let Ok(n) = u32::try_from(&n) else {
            return crate::value::Halt::refuse("a factorial of so many digits");
        };
        if n > 20_000 {
            return crate::value::Halt::refuse("a factorial of so many digits");
        }
        Ok(Object::big((1..=n).map(num_bigint::BigInt::from).product()))
    }),
    ("comb", "n, k", |vm, a| {
        let (n, k) = (integer(vm, &a[0])?, integer(vm, &a[1])?);
        let (Ok(n), Ok(k)) = (u64::try_from(&n), u64::try_from(&k)) else {
            return value_error("n must be a non-negative integer");
        };
        if k > n {
            return Ok(Object::Int(0));
        }
        let k = k.min(n - k);
        if k > 10_000 {
            return crate::value::Halt::refuse("a number of combinations of so many digits");
        }
        let mut total = num_bigint::BigInt::from(1);
        for i in 0..k {
            total = total * (n - i) / (i + 1);
        }
        Ok(Object::big(total))
    }),
    ("isqrt", "n", |vm, a| Ok(Object::big(integer(vm, &a[0])?.sqrt()))),
];
