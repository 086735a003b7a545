//! `random`: Python's own stream, a Mersenne Twister that is seeded by an array.

use num_bigint::BigInt;
use rand_mt::Mt;

use crate::eval::Vm;
use crate::value::fault::{type_error, value_error};
use crate::value::{Halt, Object, R};

pub struct Stream {
    words: Mt,
    seeded: bool,
    kept: Option<f64>,
}

impl Stream {
    pub fn new() -> Self {
        Stream { words: Mt::new_with_key([0]), seeded: false, kept: None }
    }

    fn unit(&mut self) -> f64 {
        let (a, b) = (self.words.next_u32() >> 5, self.words.next_u32() >> 6);
        (f64::from(a) * 67_108_864.0 + f64::from(b)) / 9_007_199_254_740_992.0
    }

    /// So many random bits, at most 64.
    fn bits(&mut self, count: u32) -> u64 {
        if count <= 32 {
            return if count == 0 { 0 } else { u64::from(self.words.next_u32() >> (32 - count)) };
        }
        let low = u64::from(self.words.next_u32());
        low | u64::from(self.words.next_u32() >> (64 - count)) << 32
    }

    fn below(&mut self, n: u64) -> u64 {
        let count = 64 - n.leading_zeros();
        loop {
            let drawn = self.bits(count);
            if drawn < n {
                return drawn;
            }
        }
    }
}

fn seed(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let number = match a[0].clone().given() {
        None => return Halt::refuse("random.seed() without a seed: its numbers are of the moment"),
        Some(value) => match value.as_big() {
            Some(number) => number,
            None => return Halt::refuse("random.seed() of anything but an int"),
        },
    };
    let size = if number < BigInt::from(0) { -number } else { number };
    let (_, digits) = size.to_u32_digits();
    let key = if digits.is_empty() { vec![0] } else { digits };
    vm.python_random = Stream { words: Mt::new_with_key(key), seeded: true, kept: None };
    Ok(Object::None)
}

fn range(vm: &mut Vm, start: &Object, stop: &Object, step: i64) -> R<Object> {
    let (Some(start), Some(stop)) = (start.as_int(), stop.as_int()) else {
        return type_error("'float' object cannot be interpreted as an integer");
    };
    let range = crate::value::Range { start, stop, step };
    if range.len() == 0 {
        return value_error(format!("empty range in randrange({start}, {stop})"));
    }
    let at = vm.python_random.below(range.len() as u64);
    Ok(Object::Int(range.get(at as usize)))
}

pub const ALL: &[super::NativeEntry] = &[
    ("seed", "a?, version?", seed),
    ("random", "", |vm, _| Ok(Object::Float(vm.python_random.unit()))),
    ("getrandbits", "k", |vm, a| {
        let k = a[0].as_int().unwrap_or(0);
        if !(0..=63).contains(&k) {
            return Halt::refuse("getrandbits() of more than 63 bits");
        }
        Ok(Object::Int(vm.python_random.bits(k as u32) as i64))
    }),
    ("uniform", "a, b", |vm, a| {
        let (low, high) = (a[0].as_float().unwrap_or(0.0), a[1].as_float().unwrap_or(0.0));
        Ok(Object::Float(low + (high - low) * vm.python_random.unit()))
    }),
    ("randint", "a, b", |vm, a| match (a[0].as_int(), a[1].as_int()) {
        (Some(_), Some(high)) => range(vm, &a[0], &Object::Int(high + 1), 1),
        _ => type_error("'float' object cannot be interpreted as an integer"),
    }),
    ("randrange", "start, stop?, step?", |vm, a| match &a[1] {
        Object::Undefined | Object::None => range(vm, &Object::Int(0), &a[0], 1),
        stop => range(vm, &a[0], stop, a[2].as_int().unwrap_or(1)),
    }),
    ("_below", "n", |vm, a| {
        Ok(Object::Int(vm.python_random.below(a[0].as_int().unwrap_or(1).max(1) as u64) as i64))
    }),
    ("choice", "seq", |vm, a| {
        let len = vm.len(&a[0])?;
        if len == 0 {
            return Halt::new("IndexError", "Cannot choose from an empty sequence");
        }
        let at = vm.python_random.below(len as u64);
        vm.index(&a[0], &Object::Int(at as i64))
    }),
    ("shuffle", "x", |vm, a| {
        let len = vm.len(&a[0])?;
        for i in (1..len).rev() {
            let j = vm.python_random.below(i as u64 + 1) as i64;
            let (x, y) = (vm.index(&a[0], &Object::Int(i as i64))?, vm.index(&a[0], &Object::Int(j))?);
            vm.set_index(&a[0], &Object::Int(i as i64), y)?;
            vm.set_index(&a[0], &Object::Int(j), x)?;
        }
        Ok(Object::None)
    }),
    ("gauss", "mu?, sigma?", |vm, a| {
        let (mu, sigma) = (a[0].as_float().unwrap_or(0.0), a[1].as_float().unwrap_or(1.0));
        let stream = &mut vm.python_random;
        let z = stream.kept.take().unwrap_or_else(|| {
            let angle = stream.unit() * std::f64::consts::TAU;
            let size = (-2.0 * (1.0 - stream.unit()).ln()).sqrt();
            stream.kept = Some(angle.sin() * size);
            angle.cos() * size
        });
        Ok(Object::Float(mu + z * sigma))
    }),
    ("normalvariate", "mu?, sigma?", |vm, a| {
        let (mu, sigma) = (a[0].as_float().unwrap_or(0.0), a[1].as_float().unwrap_or(1.0));
        let magic = 4.0 * (-0.5_f64).exp() / 2.0_f64.sqrt();
        loop {
            let u1 = vm.python_random.unit();
            let u2 = 1.0 - vm.python_random.unit();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return Ok(Object::Float(mu + z * sigma));
            }
        }
    }),
    ("expovariate", "lambd?", |vm, a| {
        let rate = a[0].as_float().unwrap_or(1.0);
        Ok(Object::Float(-(1.0 - vm.python_random.unit()).ln() / rate))
    }),
    ("_seeded", "", |vm, _| Ok(Object::Bool(vm.python_random.seeded))),
    ("_new_stream", "", |vm, _| {
        vm.other_random.push(Stream::new());
        Ok(Object::Int(vm.other_random.len() as i64 - 1))
    }),
    // An object's own stream is that of the module while one of its methods runs.
    ("_swap_stream", "at", |vm, a| {
        if let Some(stream) = a[0].as_int().and_then(|at| vm.other_random.get_mut(at as usize)) {
            std::mem::swap(stream, &mut vm.python_random);
        }
        Ok(Object::None)
    }),
];

/// `numpy.random`'s stream before Generators: the same twister, seeded by a number.
pub const NUMPY: &[super::NativeEntry] = &[
    ("seed", "seed?", |vm, a| {
        let number = match a[0].clone().given() {
            Some(value) if !value.is_none() => value.as_int(),
            _ => return Halt::refuse("numpy.random.seed() without a seed: its numbers are of the moment"),
        };
        match number.map(u32::try_from) {
            Some(Ok(seed)) => {
                vm.numpy_random = Stream { words: Mt::new(seed), seeded: true, kept: None };
                Ok(Object::None)
            }
            Some(Err(_)) => value_error("Seed must be between 0 and 2**32 - 1"),
            None => Halt::refuse("numpy.random.seed() of anything but an int"),
        }
    }),
    ("_unit", "", |vm, _| Ok(Object::Float(vm.numpy_random.unit()))),
    ("_gauss", "", |vm, _| {
        let stream = &mut vm.numpy_random;
        // The polar method makes two at once.
        if let Some(kept) = stream.kept.take() {
            return Ok(Object::Float(kept));
        }
        loop {
            let (x, y) = (2.0 * stream.unit() - 1.0, 2.0 * stream.unit() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                stream.kept = Some(factor * x);
                return Ok(Object::Float(factor * y));
            }
        }
    }),
    ("_below_or_at", "most", |vm, a| {
        let most = a[0].as_int().unwrap_or(0);
        let Ok(most) = u32::try_from(most) else {
            return Halt::refuse("numpy.random of numbers beyond 32 bits");
        };
        if most == 0 {
            return Ok(Object::Int(0));
        }
        let mask = u32::MAX >> most.leading_zeros();
        let stream = &mut vm.numpy_random;
        loop {
            let drawn = stream.words.next_u32() & mask;
            if drawn <= most {
                return Ok(Object::Int(i64::from(drawn)));
            }
        }
    }),
];
