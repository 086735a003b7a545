//! What calling the classes of `torch` makes.

use crate::eval::native::{Native, NativeBody, Words};
use crate::eval::{Type, Vm};
use crate::value::fault::type_error;
use crate::value::{Halt, Object, R};

use super::methods::ints;
use super::{attributes, create, in_place, methods, tensor_methods};

pub fn install(vm: &mut Vm) {
    let class = vm.types.get(Type::Tensor);
    let all =
        methods::COMMON.iter().chain(methods::UNARY).chain(tensor_methods::ALONE).chain(in_place::IN_PLACE);
    for (name, parameters, body) in all {
        let native = Native::new(name, parameters, *body, Words::Torch, true);
        class.attrs.borrow_mut().insert((*name).into(), Object::Native(native));
    }
    let size = vm.types.get(Type::Size);
    let numel = Native::new("numel", "self", numel, Words::Torch, true);
    size.attrs.borrow_mut().insert("numel".into(), Object::Native(numel));
    let makers: [(Type, &'static str, &'static str, NativeBody); 4] = [
        (Type::Parameter, "Parameter", "cls, data?, requires_grad?", parameter),
        (Type::Device, "device", "cls, type, index?", device),
        (Type::Size, "Size", "cls, iterable?", of_sizes),
        (Type::Tensor, "Tensor", "cls, *data", of_data),
    ];
    for (kind, name, parameters, body) in makers {
        let native = Native::new(name, parameters, body, Words::Torch, true);
        vm.types.get(kind).attrs.borrow_mut().insert("__new__".into(), Object::Native(native));
    }
}

fn numel(_: &mut Vm, a: &[Object]) -> R<Object> {
    let items = a[0].items().unwrap_or_default();
    Ok(Object::Int(items.iter().filter_map(Object::as_int).product()))
}

fn parameter(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let data = match &a[1] {
        Object::Tensor(data) => data.clone(),
        Object::Undefined | Object::None => vm.cx.full(&[0], 0.0, vm.cx.default_dtype.get())?,
        other => {
            return type_error(format!(
                "cannot assign '{}' object to parameter (torch.Tensor required)",
                vm.type_name(other)
            ))
            .or_else(|_: Halt| Halt::refuse("the message for a Parameter of no tensor"));
        }
    };
    let wants = match &a[2] {
        Object::Undefined => true,
        value => vm.truth(value)?,
    };
    let parameter = vm.cx.alias(&data);
    if wants && !data.dtype().is_float() {
        return crate::value::fault::runtime_error(
            "Only Tensors of floating point and complex dtype can require gradients",
        );
    }
    parameter.0.meta.borrow_mut().is_parameter = true;
    parameter.set_requires_grad(wants);
    Ok(Object::Tensor(parameter))
}

fn device(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let torch = vm.load("torch")?;
    let make = torch.space.get("_device").unwrap_or(Object::None);
    match (&a[1], a[2].as_int()) {
        (Object::Str(kind), Some(index)) => vm.call(&make, vec![Object::str(format!("{kind}:{index}"))]),
        (kind, _) => vm.call(&make, vec![kind.clone()]),
    }
}

fn of_sizes(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let items = if a[1].is_undefined() { Vec::new() } else { vm.collect(&a[1])? };
    let sizes = ints(vm, &Object::list(items))?;
    let shape: Vec<usize> = sizes.into_iter().map(|size| size.max(0) as usize).collect();
    Ok(attributes::size(vm, &shape))
}

/// `torch.Tensor(2, 3)` has these sizes, `torch.Tensor([2, 3])` these elements.
fn of_data(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let items = a[1].items().unwrap_or_default();
    let dtype = vm.cx.default_dtype.get();
    match items.as_slice() {
        [list @ (Object::List(_) | Object::Tuple(_))] => {
            Ok(Object::Tensor(create::of_value(vm, list, Some(dtype))?))
        }
        [Object::Tensor(x)] => Ok(Object::Tensor(vm.cx.alias(x))),
        [] => Ok(Object::Tensor(vm.cx.full(&[0], 0.0, dtype)?)),
        _ => Halt::refuse("torch.Tensor of sizes: what it holds is not set"),
    }
}
