//! Many calls, however they are written: none panics, each is traced or refused, and every fix is one.
//!
//! A few thousand as a rule; ten million where `GRU_LONGER` is set, as `cargo xtask test --all` sets it.

use gru_playground::call::{Argument, Call, Config, Device, Dtype, Release, Tensor, Value};
use gru_playground::diagnostic::{Severity, apply, diagnose, release_ranges};
use gru_playground::py;
use gru_playground::shape::Shape;

/// Numbers without end, always the same.
struct Numbers(u64);

impl Numbers {
    /// One of so many, by the steps of splitmix64.
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % count
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }

    /// Once in so many times.
    fn once_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn size(&mut self) -> i128 {
        const ODD: [i128; 12] = [
            0,
            -1,
            64,
            1 << 31,
            1 << 53,
            (1 << 53) + 1,
            1 << 62,
            i64::MAX as i128,
            i64::MIN as i128,
            u64::MAX as i128,
            i128::MAX,
            i128::MIN,
        ];
        if self.once_in(12) { self.pick(&ODD) } else { i128::from(self.below(6)) + 1 }
    }

    fn shape(&mut self) -> Shape {
        let rank = self.pick(&[0, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 5, 6, 70]);
        Shape::new((0..rank).map(|_| self.size()).collect::<Vec<_>>())
    }

    fn dtype(&mut self) -> Dtype {
        if self.once_in(6) { self.pick(&Dtype::ALL) } else { Dtype::Float32 }
    }

    fn value(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            0 => Value::None,
            1 => Value::Bool(self.once_in(2)),
            2 => Value::Int(self.pick(&[0, -1, 1, 2, 3, 1 << 53, i64::MAX, i64::MIN])),
            3 => Value::Int64(self.pick(&[0, -1, 1, 2, 10, i64::MAX, i64::MIN])),
            4 => Value::Float(self.pick(&[0.0, -0.0, 0.5, 2.0, -1.5, 1e300, f64::NAN, f64::INFINITY])),
            5 => Value::Str(
                self.pick(&["", "2", "cpu", "cuda", "cuda:3", "False", "nan", "it's", "\u{202e}x"])
                    .to_owned(),
            ),
            6 => Value::Int(i64::try_from(self.below(12)).unwrap_or_default()),
            kind => {
                let items = (0..self.below(4)).map(|_| self.value(depth - 1)).collect();
                if kind == 7 { Value::Tuple(items) } else { Value::List(items) }
            }
        }
    }

    fn argument(&mut self) -> Argument {
        match self.below(24) {
            0 => Argument::NotATensor { value: self.value(2) },
            1 => Argument::Array {
                array: self.shape(),
                dtype: Some(self.dtype()).filter(|dtype| *dtype != Dtype::Bfloat16).unwrap_or_default(),
            },
            _ => {
                let device = self.once_in(8).then(|| self.pick(&[Device::Cpu, Device::Cuda]));
                Argument::Tensor(Tensor { shape: self.shape(), dtype: self.dtype(), device })
            }
        }
    }

    fn config(&mut self) -> Config {
        let mut config = Config { dtype: self.dtype(), ..Config::default() };
        for name in Config::OPTIONS {
            let is_required = matches!(name, "input_size" | "hidden_size");
            let value = match self.below(if is_required { 40 } else { 24 }) {
                0 => Some(self.value(2)),
                1 => None,
                _ if is_required => Some(Value::Int(i64::try_from(self.below(6)).unwrap_or_default() + 1)),
                2..8 if name == "num_layers" => Some(Value::Int(2)),
                2..8 if name != "dropout" => Some(Value::Bool(self.once_in(2))),
                _ => None,
            };
            *config.field_mut(name).expect("an option") = value;
        }
        if self.once_in(10) {
            let names =
                ["num_layer", "device", "dtype", "mode", "self", "bias", "seq_len", "proj_size", "a b", ""];
            config.other =
                (0..=self.below(3)).map(|_| (self.pick(&names).to_owned(), self.value(1))).collect();
        }
        config
    }

    fn call(&mut self, releases: &[Release]) -> Call {
        let (config, input) = (self.config(), self.argument());
        let h_0 = self.once_in(2).then(|| self.argument());
        Call { config, input, h_0, release: self.pick(releases) }
    }
}

#[test]
fn no_call_breaks_the_core_and_every_fix_is_one() {
    let releases: Vec<Release> = release_ranges().iter().flat_map(|range| [range.from, range.to]).collect();
    let calls = if std::env::var_os("GRU_LONGER").is_some() { 10_000_000_u64 } else { 20_000 };
    let mut numbers = Numbers(7);
    let (mut legal, mut mended) = (0_u64, 0_u64);
    for index in 0..calls {
        let call = numbers.call(&releases);
        let diagnosis = diagnose(&call);
        let errors =
            diagnosis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        assert_eq!(errors, usize::from(!diagnosis.is_legal()), "{call:?}");
        legal += u64::from(diagnosis.is_legal());
        if index % 16 != 0 {
            continue;
        }
        assert!(!py::code(&call, Some(0)).is_empty());
        for fix in diagnosis.diagnostics.iter().flat_map(|diagnostic| &diagnostic.help) {
            assert!(diagnose(&apply(&call, fix)).is_legal(), "{call:?}: {fix:?}");
            assert!(!fix.code.is_empty(), "{call:?}: {fix:?}");
            mended += 1;
        }
    }
    assert!(legal > calls / 200 && mended > calls / 32, "{legal} legal, {mended} fixes of {calls}");
}
