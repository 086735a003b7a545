//! Tensors: elements in a storage that views share, and what autograd knows of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::autograd::Node;
use super::dtype::ScalarType;

/// The elements: integers of every width as i64, floats of half width as f32, rounded when they are written.
pub enum ElementData {
    Bool(Vec<bool>),
    I64(Vec<i64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

pub struct TensorStorage {
    pub data: RefCell<ElementData>,
    pub bytes: usize,
    /// The bytes of all storages alive.
    pub meter: Rc<Cell<usize>>,
}

impl Drop for TensorStorage {
    fn drop(&mut self) {
        self.meter.set(self.meter.get().saturating_sub(self.bytes));
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Geometry {
    pub shape: Vec<usize>,
    pub strides: Vec<isize>,
    pub offset: usize,
}

impl Geometry {
    pub fn contiguous(shape: &[usize]) -> Self {
        Geometry { shape: shape.to_vec(), strides: strides_of(shape), offset: 0 }
    }

    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    pub fn is_contiguous(&self) -> bool {
        let mut expected = 1_isize;
        for (&size, &stride) in self.shape.iter().zip(&self.strides).rev() {
            if size != 1 {
                if stride != expected {
                    return self.len() == 0;
                }
                expected *= size as isize;
            }
        }
        true
    }

    /// Goes over the places of the elements in row-major order.
    pub fn each(&self, mut visit: impl FnMut(usize)) {
        let len = self.len();
        if len == 0 {
            return;
        }
        if self.is_contiguous() {
            (self.offset..self.offset + len).for_each(visit);
            return;
        }
        let rank = self.shape.len();
        let (inner, step) = (self.shape[rank - 1], self.strides[rank - 1]);
        let mut index = vec![0_usize; rank];
        let mut start = self.offset as isize;
        loop {
            let mut at = start;
            for _ in 0..inner {
                visit(at as usize);
                at += step;
            }
            let mut dim = rank - 1;
            loop {
                if dim == 0 {
                    return;
                }
                dim -= 1;
                index[dim] += 1;
                start += self.strides[dim];
                if index[dim] < self.shape[dim] {
                    break;
                }
                start -= self.strides[dim] * self.shape[dim] as isize;
                index[dim] = 0;
            }
        }
    }
}

pub fn strides_of(shape: &[usize]) -> Vec<isize> {
    let mut strides = vec![1; shape.len()];
    for i in (0..shape.len().saturating_sub(1)).rev() {
        strides[i] = strides[i + 1] * shape[i + 1].max(1) as isize;
    }
    strides
}

/// What autograd knows of a tensor.
#[derive(Default)]
pub struct Meta {
    pub requires_grad: bool,
    pub grad: Option<TorchTensor>,
    pub node: Option<Rc<Node>>,
    pub output: usize,
    pub retains: bool,
    pub is_parameter: bool,
    /// A letter for each axis, where a recurrent module took or gave it and the program is traced.
    pub axes: Option<Rc<str>>,
    /// What it is a view of, where that matters to autograd.
    pub base: Option<TorchTensor>,
    pub hooks: Vec<crate::value::Object>,
}

pub struct Inner {
    pub storage: RefCell<Rc<TensorStorage>>,
    pub geometry: RefCell<Geometry>,
    pub dtype: Cell<ScalarType>,
    /// How often its elements were changed in place; views share it.
    pub version: RefCell<Rc<Cell<u32>>>,
    pub meta: RefCell<Meta>,
    /// Attributes that the program set.
    pub attrs: RefCell<crate::value::Attrs>,
}

#[derive(Clone)]
pub struct TorchTensor(pub Rc<Inner>);

impl TorchTensor {
    pub fn over(
        storage: Rc<TensorStorage>,
        geometry: Geometry,
        dtype: ScalarType,
        version: Rc<Cell<u32>>,
    ) -> Self {
        TorchTensor(Rc::new(Inner {
            storage: RefCell::new(storage),
            geometry: RefCell::new(geometry),
            dtype: Cell::new(dtype),
            version: RefCell::new(version),
            meta: RefCell::default(),
            attrs: RefCell::default(),
        }))
    }

    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<u8>() as usize
    }

    pub fn is_same(&self, other: &TorchTensor) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub fn dtype(&self) -> ScalarType {
        self.0.dtype.get()
    }

    pub fn shape(&self) -> Vec<usize> {
        self.0.geometry.borrow().shape.clone()
    }

    pub fn geometry(&self) -> Geometry {
        self.0.geometry.borrow().clone()
    }

    pub fn rank(&self) -> usize {
        self.0.geometry.borrow().shape.len()
    }

    pub fn len(&self) -> usize {
        self.0.geometry.borrow().len()
    }

    pub fn is_contiguous(&self) -> bool {
        self.0.geometry.borrow().is_contiguous()
    }

    pub fn storage(&self) -> Rc<TensorStorage> {
        self.0.storage.borrow().clone()
    }

    pub fn version(&self) -> u32 {
        self.0.version.borrow().get()
    }

    pub fn touch(&self) {
        let version = self.0.version.borrow();
        version.set(version.get() + 1);
    }

    pub fn is_parameter(&self) -> bool {
        self.0.meta.borrow().is_parameter
    }

    pub fn node(&self) -> Option<Rc<Node>> {
        self.0.meta.borrow().node.clone()
    }

    pub fn requires_grad(&self) -> bool {
        let meta = self.0.meta.borrow();
        meta.requires_grad || meta.node.is_some()
    }

    pub fn is_leaf(&self) -> bool {
        self.0.meta.borrow().node.is_none()
    }

    pub fn grad(&self) -> Option<TorchTensor> {
        self.0.meta.borrow().grad.clone()
    }

    pub fn set_requires_grad(&self, requires: bool) {
        self.0.meta.borrow_mut().requires_grad = requires;
    }

    /// Another tensor over the same elements.
    pub fn view(&self, geometry: Geometry) -> TorchTensor {
        TorchTensor::over(self.storage(), geometry, self.dtype(), self.0.version.borrow().clone())
    }

    /// The elements as floats, in row-major order.
    pub fn floats(&self) -> Vec<f64> {
        let geometry = self.0.geometry.borrow();
        let mut out = Vec::with_capacity(geometry.len());
        match &*self.storage().data.borrow() {
            ElementData::Bool(data) => geometry.each(|at| out.push(f64::from(u8::from(data[at])))),
            ElementData::I64(data) => geometry.each(|at| out.push(data[at] as f64)),
            ElementData::F32(data) => geometry.each(|at| out.push(f64::from(data[at]))),
            ElementData::F64(data) => geometry.each(|at| out.push(data[at])),
        }
        out
    }

    pub fn f32s(&self) -> Vec<f32> {
        let geometry = self.0.geometry.borrow();
        if let ElementData::F32(data) = &*self.storage().data.borrow() {
            if geometry.is_contiguous() {
                return data[geometry.offset..geometry.offset + geometry.len()].to_vec();
            }
            let mut out = Vec::with_capacity(geometry.len());
            geometry.each(|at| out.push(data[at]));
            return out;
        }
        drop(geometry);
        self.floats().into_iter().map(|x| x as f32).collect()
    }

    /// The elements as integers; floats lose their fraction.
    pub fn ints(&self) -> Vec<i64> {
        let geometry = self.0.geometry.borrow();
        let mut out = Vec::with_capacity(geometry.len());
        match &*self.storage().data.borrow() {
            ElementData::Bool(data) => geometry.each(|at| out.push(i64::from(data[at]))),
            ElementData::I64(data) => geometry.each(|at| out.push(data[at])),
            ElementData::F32(data) => geometry.each(|at| out.push(data[at] as i64)),
            ElementData::F64(data) => geometry.each(|at| out.push(data[at] as i64)),
        }
        out
    }

    pub fn bools(&self) -> Vec<bool> {
        let geometry = self.0.geometry.borrow();
        let mut out = Vec::with_capacity(geometry.len());
        match &*self.storage().data.borrow() {
            ElementData::Bool(data) => geometry.each(|at| out.push(data[at])),
            ElementData::I64(data) => geometry.each(|at| out.push(data[at] != 0)),
            ElementData::F32(data) => geometry.each(|at| out.push(data[at] != 0.0)),
            ElementData::F64(data) => geometry.each(|at| out.push(data[at] != 0.0)),
        }
        out
    }

    /// The integer in a place of the row-major order.
    pub fn get_i64(&self, at: usize) -> i64 {
        self.ints().get(at).copied().unwrap_or(0)
    }

    /// Writes the elements, in row-major order.
    pub fn write_floats(&self, values: &[f64]) {
        let geometry = self.geometry();
        let dtype = self.dtype();
        let storage = self.storage();
        let mut next = values.iter().copied();
        match &mut *storage.data.borrow_mut() {
            ElementData::Bool(data) => geometry.each(|at| data[at] = next.next().is_some_and(|x| x != 0.0)),
            ElementData::I64(data) => {
                geometry.each(|at| data[at] = whole(next.next().unwrap_or(0.0), dtype));
            }
            ElementData::F32(data) => geometry.each(|at| data[at] = round(next.next().unwrap_or(0.0), dtype)),
            ElementData::F64(data) => geometry.each(|at| data[at] = next.next().unwrap_or(0.0)),
        }
    }

    pub fn write_ints(&self, values: &[i64]) {
        let geometry = self.geometry();
        let dtype = self.dtype();
        let storage = self.storage();
        let mut next = values.iter().copied();
        match &mut *storage.data.borrow_mut() {
            ElementData::Bool(data) => geometry.each(|at| data[at] = next.next().is_some_and(|x| x != 0)),
            ElementData::I64(data) => geometry.each(|at| data[at] = wrap(next.next().unwrap_or(0), dtype)),
            ElementData::F32(data) => {
                geometry.each(|at| data[at] = round(next.next().unwrap_or(0) as f64, dtype));
            }
            ElementData::F64(data) => geometry.each(|at| data[at] = next.next().unwrap_or(0) as f64),
        }
    }

    /// Writes another's elements, of the same shape.
    pub fn write(&self, other: &TorchTensor) {
        if self.dtype().is_float() || other.dtype().is_float() {
            self.write_floats(&other.floats());
        } else {
            self.write_ints(&other.ints());
        }
    }
}

/// An integer as so few bits hold it.
pub fn wrap(number: i64, dtype: ScalarType) -> i64 {
    match dtype {
        ScalarType::U8 => i64::from(number as u8),
        ScalarType::I8 => i64::from(number as i8),
        ScalarType::I16 => i64::from(number as i16),
        ScalarType::I32 => i64::from(number as i32),
        _ => number,
    }
}

/// A float as an integer of so few bits; what no integer can be is the least of them, as processors say.
pub fn whole(number: f64, dtype: ScalarType) -> i64 {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if number.abs() < BEYOND {
        return wrap(number as i64, dtype);
    }
    match dtype {
        ScalarType::I64 => i64::MIN,
        ScalarType::I32 => i64::from(i32::MIN),
        _ => 0,
    }
}

/// A float as its type holds it; those of half width lie between others of f32.
pub fn round(number: f64, dtype: ScalarType) -> f32 {
    match dtype {
        ScalarType::BF16 => {
            let bits = (number as f32).to_bits();
            let even = (bits >> 16) & 1;
            f32::from_bits(bits.wrapping_add(0x7fff + even) & 0xffff_0000)
        }
        ScalarType::F16 => {
            let number = number as f32;
            if !number.is_finite() || number == 0.0 {
                return number;
            }
            let exponent = ((number.to_bits() >> 23) & 0xff) as i32 - 127;
            let unit = 2f32.powi(exponent.max(-14) - 10);
            let rounded = (number / unit).round_ties_even() * unit;
            if rounded.abs() > 65504.0 { f32::INFINITY.copysign(number) } else { rounded }
        }
        _ => number as f32,
    }
}
