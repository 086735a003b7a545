//! `torch`: tensors, their operations, and autograd.

pub mod attributes;
pub mod autograd;
mod classes;
pub mod create;
mod division;
pub mod dtype;
mod elementwise;
mod functions;
mod in_place;
pub mod index;
mod linear;
mod methods;
pub mod operators;
mod overlap;
pub mod print;
mod products;
mod recurrent;
mod reduce;
mod select;
mod shape;
mod sums;
pub mod tensor;
mod tensor_methods;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rng::TorchGenerator;

use crate::eval::{Type, Vm};
use crate::value::fault::runtime_error;
use crate::value::{Ceiling, Halt, Namespace, Object, R};
use dtype::ScalarType;
pub use select::places as select_places;
use tensor::{ElementData, Geometry, TensorStorage, TorchTensor, round, whole, wrap};

/// What all operations share.
pub struct Context {
    pub grad_enabled: Cell<bool>,
    pub order: Cell<u64>,
    pub meter: Rc<Cell<usize>>,
    /// What operations did since it was last asked: elements made, multiply-adds.
    pub work: Cell<u64>,
    pub generator: RefCell<TorchGenerator>,
    /// Streams that the program keeps, to go back to.
    pub kept_generators: RefCell<Vec<TorchGenerator>>,
    pub seed: Cell<i64>,
    pub default_dtype: Cell<ScalarType>,
    pub print: RefCell<print::PrintOptions>,
    /// Warnings that operations gave.
    pub notes: RefCell<Vec<(String, String)>>,
}

/// The bytes that all tensors together may take.
const LIMIT: usize = 256 << 20;

impl Context {
    pub fn new() -> Self {
        Context {
            grad_enabled: Cell::new(true),
            order: Cell::new(0),
            meter: Rc::default(),
            work: Cell::new(0),
            generator: RefCell::new(TorchGenerator::new(67_280_421_310_721)),
            kept_generators: RefCell::default(),
            seed: Cell::new(67_280_421_310_721),
            default_dtype: Cell::new(ScalarType::F32),
            print: RefCell::default(),
            notes: RefCell::default(),
        }
    }

    /// Whether a tensor may be made, before anything is allocated.
    pub fn room(&self, shape: &[usize], dtype: ScalarType) -> R<usize> {
        let len = shape.iter().try_fold(1_usize, |len, &size| len.checked_mul(size));
        let bytes = len.and_then(|len| len.checked_mul(dtype.bytes().max(4)));
        match (len, bytes) {
            (Some(len), Some(bytes)) if self.meter.get() + bytes <= LIMIT => Ok(len),
            _ => Halt::stop(
                Ceiling::Memory,
                format!("more than 256 MB of tensors (a tensor of shape {})", list_of(shape)),
            ),
        }
    }

    fn wrapped(&self, data: ElementData, shape: &[usize], dtype: ScalarType, len: usize) -> TorchTensor {
        let bytes = len * dtype.bytes().max(4);
        self.meter.set(self.meter.get() + bytes);
        self.work.set(self.work.get() + len as u64);
        let storage = TensorStorage { data: RefCell::new(data), bytes, meter: self.meter.clone() };
        TorchTensor::over(Rc::new(storage), Geometry::contiguous(shape), dtype, Rc::default())
    }

    pub fn of_floats(&self, values: Vec<f64>, shape: &[usize], dtype: ScalarType) -> R<TorchTensor> {
        let len = self.room(shape, dtype)?;
        debug_assert_eq!(len, values.len());
        let data = match dtype {
            ScalarType::Bool => ElementData::Bool(values.iter().map(|x| *x != 0.0).collect()),
            ScalarType::F64 => ElementData::F64(values),
            dtype if dtype.is_float() => ElementData::F32(values.iter().map(|x| round(*x, dtype)).collect()),
            dtype => ElementData::I64(values.iter().map(|x| whole(*x, dtype)).collect()),
        };
        Ok(self.wrapped(data, shape, dtype, len))
    }

    pub fn of_f32(&self, values: Vec<f32>, shape: &[usize]) -> R<TorchTensor> {
        let len = self.room(shape, ScalarType::F32)?;
        Ok(self.wrapped(ElementData::F32(values), shape, ScalarType::F32, len))
    }

    pub fn of_ints(&self, values: Vec<i64>, shape: &[usize], dtype: ScalarType) -> R<TorchTensor> {
        let len = self.room(shape, dtype)?;
        let data = match dtype {
            ScalarType::Bool => ElementData::Bool(values.iter().map(|x| *x != 0).collect()),
            ScalarType::F64 => ElementData::F64(values.iter().map(|x| *x as f64).collect()),
            dtype if dtype.is_float() => {
                ElementData::F32(values.iter().map(|x| round(*x as f64, dtype)).collect())
            }
            dtype => ElementData::I64(values.into_iter().map(|x| wrap(x, dtype)).collect()),
        };
        Ok(self.wrapped(data, shape, dtype, len))
    }

    pub fn of_bools(&self, values: Vec<bool>, shape: &[usize]) -> R<TorchTensor> {
        let len = self.room(shape, ScalarType::Bool)?;
        Ok(self.wrapped(ElementData::Bool(values), shape, ScalarType::Bool, len))
    }

    pub fn full(&self, shape: &[usize], value: f64, dtype: ScalarType) -> R<TorchTensor> {
        let len = self.room(shape, dtype)?;
        let data = match dtype {
            ScalarType::Bool => ElementData::Bool(vec![value != 0.0; len]),
            ScalarType::F64 => ElementData::F64(vec![value; len]),
            dtype if dtype.is_float() => ElementData::F32(vec![round(value, dtype); len]),
            dtype => ElementData::I64(vec![whole(value, dtype); len]),
        };
        Ok(self.wrapped(data, shape, dtype, len))
    }

    pub fn scalar(&self, value: f64, dtype: ScalarType) -> R<TorchTensor> {
        self.full(&[], value, dtype)
    }

    /// A contiguous copy that autograd does not know.
    pub fn copied(&self, tensor: &TorchTensor) -> R<TorchTensor> {
        let shape = tensor.shape();
        match tensor.dtype() {
            ScalarType::F32 => self.of_f32(tensor.f32s(), &shape),
            dtype if dtype.is_float() => self.of_floats(tensor.floats(), &shape, dtype),
            dtype => self.of_ints(tensor.ints(), &shape, dtype),
        }
    }

    pub fn any(&self, tensor: &TorchTensor) -> bool {
        tensor.bools().into_iter().any(|x| x)
    }

    /// The only element as Python's number.
    pub fn item(&self, tensor: &TorchTensor) -> R<Object> {
        if tensor.len() != 1 {
            return runtime_error(format!(
                "a Tensor with {} elements cannot be converted to Scalar",
                tensor.len()
            ));
        }
        Ok(match tensor.dtype() {
            ScalarType::Bool => Object::Bool(tensor.bools()[0]),
            dtype if dtype.is_float() => Object::Float(tensor.floats()[0]),
            _ => Object::Int(tensor.get_i64(0)),
        })
    }

    pub fn truth(&self, tensor: &TorchTensor) -> R<bool> {
        match tensor.len() {
            1 => Ok(tensor.bools()[0]),
            0 => runtime_error("Boolean value of Tensor with no values is ambiguous"),
            _ => runtime_error("Boolean value of Tensor with more than one value is ambiguous"),
        }
    }
}

/// Sizes as `PyTorch` lists them: `[2, 3]`.
pub fn list_of(sizes: &[usize]) -> String {
    num::list(sizes)
}

pub fn install(vm: &mut Vm) {
    classes::install(vm);
}

pub fn fill(vm: &mut Vm, path: &str, space: &Rc<Namespace>) {
    if path == "torch" {
        functions::install(vm, space);
        for (name, kind) in [
            ("Tensor", Type::Tensor),
            ("Size", Type::Size),
            ("dtype", Type::Dtype),
            ("device", Type::Device),
            ("_Parameter", Type::Parameter),
        ] {
            space.set(name, Object::Class(vm.types.get(kind)));
        }
        for dtype in ScalarType::ALL {
            space.set(dtype.name(), Object::Dtype(dtype));
            for alias in dtype.aliases() {
                space.set(alias, Object::Dtype(dtype));
            }
        }
    }
}
