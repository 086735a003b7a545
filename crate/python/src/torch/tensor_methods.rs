//! The methods that only tensors have.

use std::rc::Rc;

use super::attributes::{require, size};
use super::autograd::{check_root, seed_of};
use super::dtype::ScalarType;
use super::methods::{dtype_of, flag, ints, out, tensor};
use super::operators;
use super::shape::axis;
use crate::builtins::NativeEntry;
use crate::eval::Vm;
use crate::value::fault::runtime_error;
use crate::value::{Halt, Object, R};

/// What a machine without a GPU says of `cuda`.
const NO_DRIVER: &str = "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver from http://www.nvidia.com/Download/index.aspx";

/// What only tensors have.
pub const ALONE: &[NativeEntry] = &[
    ("size", "self, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "size", "self", 1)?;
        match a[1].as_int() {
            None => Ok(size(vm, &x.shape())),
            Some(dim) => Ok(Object::Int(
                x.shape()[match x.rank() {
                    0 => {
                        return crate::value::fault::index_error(
                            "Dimension specified as 0 but tensor has no dimensions",
                        );
                    }
                    rank => axis(dim, rank)?,
                }] as i64,
            )),
        }
    }),
    ("dim", "self", |vm, a| Ok(Object::Int(tensor(vm, &a[0], "dim", "self", 1)?.rank() as i64))),
    ("ndimension", "self", |vm, a| Ok(Object::Int(tensor(vm, &a[0], "dim", "self", 1)?.rank() as i64))),
    ("nelement", "self", |vm, a| Ok(Object::Int(tensor(vm, &a[0], "dim", "self", 1)?.len() as i64))),
    ("element_size", "self", |vm, a| {
        Ok(Object::Int(tensor(vm, &a[0], "", "self", 1)?.dtype().bytes() as i64))
    }),
    ("stride", "self, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "stride", "self", 1)?;
        let strides = x.geometry().strides;
        match a[1].as_int() {
            None => Ok(Object::tuple(strides.into_iter().map(|s| Object::Int(s as i64)).collect())),
            Some(dim) => Ok(Object::Int(strides[axis(dim, x.rank())?] as i64)),
        }
    }),
    ("storage_offset", "self", |vm, a| {
        Ok(Object::Int(tensor(vm, &a[0], "", "self", 1)?.geometry().offset as i64))
    }),
    ("data_ptr", "self", |vm, a| {
        let x = tensor(vm, &a[0], "data_ptr", "self", 1)?;
        let at = Rc::as_ptr(&x.storage()).cast::<u8>() as usize + x.geometry().offset * x.dtype().bytes();
        Ok(Object::Int(at as i64))
    }),
    ("is_contiguous", "self", |vm, a| Ok(Object::Bool(tensor(vm, &a[0], "", "self", 1)?.is_contiguous()))),
    ("is_floating_point", "self", |vm, a| {
        Ok(Object::Bool(tensor(vm, &a[0], "", "self", 1)?.dtype().is_float()))
    }),
    ("contiguous", "self", |vm, a| {
        let x = tensor(vm, &a[0], "contiguous", "self", 1)?;
        out(vm.cx.contiguous(&x)?)
    }),
    ("view", "self, *shape", |vm, a| {
        let x = tensor(vm, &a[0], "view", "self", 1)?;
        if matches!(a[1].items().as_deref(), Some([Object::Dtype(_)])) {
            return Halt::refuse("view() as another dtype");
        }
        out(vm.cx.view(&x, &ints(vm, &a[1])?)?)
    }),
    ("view_as", "self, other", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "view_as", "self", 1)?, tensor(vm, &a[1], "view_as", "other", 1)?);
        let sizes: Vec<i64> = y.shape().into_iter().map(|size| size as i64).collect();
        out(vm.cx.view(&x, &sizes)?)
    }),
    ("reshape_as", "self, other", |vm, a| {
        let (x, y) =
            (tensor(vm, &a[0], "reshape_as", "self", 1)?, tensor(vm, &a[1], "reshape_as", "other", 1)?);
        out(vm.cx.reshape(&x, &y.shape())?)
    }),
    ("expand", "self, *sizes", |vm, a| {
        let x = tensor(vm, &a[0], "expand", "self", 1)?;
        out(vm.cx.expand(&x, &ints(vm, &a[1])?)?)
    }),
    ("expand_as", "self, other", |vm, a| {
        let (x, y) =
            (tensor(vm, &a[0], "expand_as", "self", 1)?, tensor(vm, &a[1], "expand_as", "other", 1)?);
        let sizes: Vec<i64> = y.shape().into_iter().map(|size| size as i64).collect();
        out(vm.cx.expand(&x, &sizes)?)
    }),
    ("repeat", "self, *repeats", |vm, a| {
        let x = tensor(vm, &a[0], "repeat", "self", 1)?;
        out(vm.cx.repeat(&x, &ints(vm, &a[1])?)?)
    }),
    ("unfold", "self, dimension, size, step", |vm, a| {
        let x = tensor(vm, &a[0], "unfold", "self", 1)?;
        out(vm.cx.unfold(
            &x,
            a[1].as_int().unwrap_or(0),
            a[2].as_int().unwrap_or(1),
            a[3].as_int().unwrap_or(1),
        )?)
    }),
    ("item", "self", |vm, a| {
        let x = tensor(vm, &a[0], "item", "self", 1)?;
        vm.cx.item(&x)
    }),
    ("tolist", "self", |vm, a| Ok(super::create::to_list(&tensor(vm, &a[0], "tolist", "self", 1)?))),
    ("to", "self, *args, dtype?, device?, copy?, non_blocking?", to),
    ("type", "self, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "type", "self", 1)?;
        match dtype_of(&a[1]) {
            Some(dtype) => out(vm.cx.cast(&x, dtype)?),
            None if a[1].is_undefined() => Ok(Object::str(format!("torch.{}Tensor", x.dtype().word()))),
            None => Halt::refuse("type() by a name"),
        }
    }),
    ("type_as", "self, other", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "type_as", "self", 1)?, tensor(vm, &a[1], "type_as", "other", 1)?);
        out(vm.cx.cast(&x, y.dtype())?)
    }),
    ("float", "self", |vm, a| cast(vm, a, ScalarType::F32)),
    ("double", "self", |vm, a| cast(vm, a, ScalarType::F64)),
    ("half", "self", |vm, a| cast(vm, a, ScalarType::F16)),
    ("bfloat16", "self", |vm, a| cast(vm, a, ScalarType::BF16)),
    ("long", "self", |vm, a| cast(vm, a, ScalarType::I64)),
    ("int", "self", |vm, a| cast(vm, a, ScalarType::I32)),
    ("short", "self", |vm, a| cast(vm, a, ScalarType::I16)),
    ("byte", "self", |vm, a| cast(vm, a, ScalarType::U8)),
    ("bool", "self", |vm, a| cast(vm, a, ScalarType::Bool)),
    ("cpu", "self", |_, a| Ok(a[0].clone())),
    ("cuda", "self, device?", |_, _| runtime_error(NO_DRIVER)),
    ("backward", "self, gradient?, retain_graph?, create_graph?, inputs?", |vm, a| {
        let x = tensor(vm, &a[0], "backward", "self", 1)?;
        if a[4].clone().given().is_some() {
            return Halt::refuse("backward() with inputs");
        }
        check_root(&x)?;
        let seed = seed_of(&vm.cx, &x, a[1].clone().given().as_ref())?;
        let create = flag(vm, &a[3].clone().given().unwrap_or(Object::Undefined), false)?;
        let retain = flag(vm, &a[2].clone().given().unwrap_or(Object::Undefined), create)?;
        let cx = vm.cx.clone();
        cx.backward(&[(x, seed)], None, retain, create, &mut |function, all| vm.call(function, all))?;
        Ok(Object::None)
    }),
    ("retain_grad", "self", |vm, a| {
        let x = tensor(vm, &a[0], "retain_grad", "self", 1)?;
        if !x.requires_grad() {
            return runtime_error("can't retain_grad on Tensor that has requires_grad=False");
        }
        if let Some(node) = x.node() {
            let mut meta = x.0.meta.borrow_mut();
            let known = node
                .retained
                .borrow()
                .iter()
                .any(|(_, tensor)| std::ptr::eq(tensor.as_ptr(), Rc::as_ptr(&x.0)));
            meta.retains = true;
            if !known {
                node.retained.borrow_mut().push((meta.output, Rc::downgrade(&x.0)));
            }
        }
        Ok(Object::None)
    }),
    ("_add_hook", "self, hook", |vm, a| {
        let x = tensor(vm, &a[0], "register_hook", "self", 1)?;
        if !x.requires_grad() {
            return runtime_error("cannot register a hook on a tensor that doesn't require gradient");
        }
        let mut meta = x.0.meta.borrow_mut();
        meta.hooks.push(a[1].clone());
        if let Some(node) = &meta.node {
            let mut retained = node.retained.borrow_mut();
            if !retained.iter().any(|(_, tensor)| std::ptr::eq(tensor.as_ptr(), Rc::as_ptr(&x.0))) {
                retained.push((meta.output, Rc::downgrade(&x.0)));
            }
        }
        Ok(Object::None)
    }),
    ("_drop_hook", "self, hook", |vm, a| {
        let x = tensor(vm, &a[0], "register_hook", "self", 1)?;
        x.0.meta.borrow_mut().hooks.retain(|hook| !crate::value::Key::same(hook, &a[1]));
        Ok(Object::None)
    }),
    ("requires_grad_", "self, requires_grad?", |vm, a| {
        let x = tensor(vm, &a[0], "requires_grad_", "self", 1)?;
        let wants = flag(vm, &a[1], true)?;
        require(&x, wants)?;
        Ok(a[0].clone())
    }),
    ("detach_", "self", |vm, a| {
        let x = tensor(vm, &a[0], "detach_", "self", 1)?;
        let mut meta = x.0.meta.borrow_mut();
        meta.node = None;
        meta.requires_grad = false;
        drop(meta);
        Ok(a[0].clone())
    }),
    ("new_zeros", "self, *size, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "new_zeros", "self", 1)?;
        let shape: Vec<usize> = ints(vm, &a[1])?.into_iter().map(|size| size.max(0) as usize).collect();
        out(vm.cx.full(&shape, 0.0, dtype_of(&a[2]).unwrap_or(x.dtype()))?)
    }),
    ("new_ones", "self, *size, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "new_ones", "self", 1)?;
        let shape: Vec<usize> = ints(vm, &a[1])?.into_iter().map(|size| size.max(0) as usize).collect();
        out(vm.cx.full(&shape, 1.0, dtype_of(&a[2]).unwrap_or(x.dtype()))?)
    }),
    ("new_tensor", "self, data, *, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "new_tensor", "self", 1)?;
        out(super::create::of_value(vm, &a[1], Some(dtype_of(&a[2]).unwrap_or(x.dtype())))?)
    }),
    ("where", "self, condition, other", |vm, a| {
        let condition = tensor(vm, &a[1], "where", "condition", 1)?;
        let (x, y, _) = operators::pair(&vm.cx, &a[0], &a[2])?;
        out(vm.cx.choose(&condition, &x, &y)?)
    }),
    ("__len__", "self", |vm, a| Ok(Object::Int(vm.len(&a[0])? as i64))),
    ("__contains__", "self, item", |vm, a| Ok(Object::Bool(vm.contains(&a[0], &a[1])?))),
    ("numpy", "self, *, force?", |vm, a| {
        let x = tensor(vm, &a[0], "numpy", "self", 1)?;
        if x.requires_grad() {
            return runtime_error(
                "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
            );
        }
        let module = vm.load("numpy")?;
        let make = module.space.get("_of_tensor").unwrap_or(Object::None);
        vm.call(&make, vec![Object::Tensor(x)])
    }),
];

fn cast(vm: &mut Vm, a: &[Object], dtype: ScalarType) -> R<Object> {
    let x = tensor(vm, &a[0], "to", "self", 1)?;
    out(vm.cx.cast(&x, dtype)?)
}

/// What a device must be, or `PyTorch`'s word that there is no other.
pub fn device(vm: &mut Vm, value: &Object) -> R<()> {
    let name = match value {
        Object::Device(name) | Object::Str(name) => name.to_string(),
        Object::Undefined | Object::None => return Ok(()),
        other => return Halt::refuse(format!("a device of type {}", vm.type_name(other))),
    };
    match name.split(':').next().unwrap_or_default() {
        "cpu" => Ok(()),
        "cuda" => runtime_error(NO_DRIVER),
        "mps" | "meta" | "xla" | "xpu" => Halt::refuse(format!("the device {name}")),
        _ => runtime_error(super::functions::no_such_device(&name)),
    }
}

fn to(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let x = tensor(vm, &a[0], "to", "self", 1)?;
    let mut dtype = dtype_of(&a[2]);
    device(vm, &a[3])?;
    for argument in a[1].items().unwrap_or_default() {
        match &argument {
            Object::Dtype(given) => dtype = Some(*given),
            Object::Tensor(other) => dtype = Some(other.dtype()),
            Object::Device(_) | Object::Str(_) => device(vm, &argument)?,
            Object::Bool(_) | Object::None => {}
            other => return Halt::refuse(format!("to() with an argument of type {}", vm.type_name(other))),
        }
    }
    match dtype {
        Some(dtype) if dtype != x.dtype() => out(vm.cx.cast(&x, dtype)?),
        _ => Ok(a[0].clone()),
    }
}
