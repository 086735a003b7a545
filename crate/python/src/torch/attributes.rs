//! Attributes of tensors and of nodes.

use std::rc::Rc;

use super::autograd::{Edge, Node};
use super::tensor::TorchTensor;
use crate::eval::{Type, Vm};
use crate::value::fault::{runtime_error, type_error};
use crate::value::{Halt, Object, PyTuple, R};

pub fn size(vm: &Vm, shape: &[usize]) -> Object {
    let items = shape.iter().map(|&size| Object::Int(size as i64)).collect();
    Object::Tuple(Rc::new(PyTuple { items, class: Some(vm.types.get(Type::Size)) }))
}

pub fn get(vm: &mut Vm, x: &TorchTensor, name: &str) -> R<Option<Object>> {
    if let Some(value) = x.0.attrs.borrow().get(name) {
        return Ok(Some(value.clone()));
    }
    Ok(Some(match name {
        "shape" => size(vm, &x.shape()),
        "dtype" => Object::Dtype(x.dtype()),
        "device" => Object::Device("cpu".into()),
        "ndim" => Object::Int(x.rank() as i64),
        "requires_grad" => Object::Bool(x.requires_grad()),
        "is_leaf" => Object::Bool(x.is_leaf()),
        "grad" => {
            if !x.is_leaf() && !x.0.meta.borrow().retains {
                vm.warn(
                    "UserWarning",
                    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more informations.",
                );
            }
            x.grad().map_or(Object::None, Object::Tensor)
        }
        "grad_fn" => x.node().map_or(Object::None, Object::Node),
        "_version" => Object::Int(i64::from(x.version())),
        "data" => {
            // The same elements, a version of their own.
            let data = TorchTensor::over(x.storage(), x.geometry(), x.dtype(), Rc::default());
            Object::Tensor(data)
        }
        "is_cuda" | "is_sparse" | "is_quantized" | "is_mps" => Object::Bool(false),
        "itemsize" => Object::Int(x.dtype().bytes() as i64),
        "nbytes" => Object::Int((x.len() * x.dtype().bytes()) as i64),
        "retains_grad" => Object::Bool(x.0.meta.borrow().retains),
        "T" | "mT" => {
            let rank = x.rank();
            if name == "mT" && rank == 0 {
                vm.warn(
                    "UserWarning",
                    "Tensor.mT is deprecated on 0-D tensors. This function is the identity in these cases.",
                );
                return Ok(Some(Object::Tensor(x.clone())));
            }
            if name == "mT" {
                if rank == 1 {
                    return runtime_error(
                        "tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor.",
                    );
                }
                return Ok(Some(Object::Tensor(vm.cx.transpose(x, -2, -1)?)));
            }
            if rank == 2 {
                // `.T` is named as a permutation.
                return Ok(Some(Object::Tensor(vm.cx.permute(x, &[1, 0], "PermuteBackward0"))));
            }
            if rank > 2 {
                vm.warn(
                    "UserWarning",
                    "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.",
                );
            }
            let dims: Vec<usize> = (0..rank).rev().collect();
            Object::Tensor(vm.cx.permute(x, &dims, "PermuteBackward0"))
        }
        _ => {
            if vm.types.get(Type::Tensor).lookup(name).is_none()
                && crate::builtins::library::is_refused("Tensor", name)
            {
                return Halt::refuse(format!("Tensor.{name}"));
            }
            return Ok(None);
        }
    }))
}

pub fn set(vm: &mut Vm, x: &TorchTensor, name: &str, value: &Object) -> R<()> {
    match name {
        "requires_grad" => {
            let wants = vm.truth(value)?;
            require(x, wants)
        }
        "grad" => {
            match value {
                Object::None => x.0.meta.borrow_mut().grad = None,
                Object::Tensor(grad) => {
                    if grad.shape() != x.shape() {
                        return runtime_error(format!(
                            "assigned grad has data of a different size: expected {}, got {}",
                            super::list_of(&x.shape()),
                            super::list_of(&grad.shape())
                        ));
                    }
                    x.0.meta.borrow_mut().grad = Some(grad.clone());
                }
                other => {
                    return type_error(format!(
                        "assigned grad expected to be a Tensor or None but got grad of type {}",
                        vm.type_name(other)
                    ));
                }
            }
            Ok(())
        }
        "data" => match value {
            Object::Tensor(data) => {
                *x.0.storage.borrow_mut() = data.storage();
                *x.0.geometry.borrow_mut() = data.geometry();
                x.0.dtype.set(data.dtype());
                Ok(())
            }
            _ => type_error(format!("Variable data has to be a tensor, but got {}", vm.type_name(value))),
        },
        "shape" | "dtype" | "device" | "grad_fn" | "is_leaf" | "ndim" => Halt::new(
            "AttributeError",
            format!("attribute '{name}' of 'torch._C.TensorBase' objects is not writable"),
        ),
        _ => {
            x.0.attrs.borrow_mut().insert(name.into(), value.clone());
            Ok(())
        }
    }
}

/// `tensor.requires_grad_(wants)`.
pub fn require(x: &TorchTensor, wants: bool) -> R<()> {
    if wants && !x.dtype().is_float() {
        return runtime_error("only Tensors of floating point dtype can require gradients");
    }
    if !x.is_leaf() && !wants {
        return runtime_error(
            "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().",
        );
    }
    if x.is_leaf() {
        x.set_requires_grad(wants);
    }
    Ok(())
}

pub fn of_node(vm: &mut Vm, node: &Rc<Node>, name: &str) -> R<Option<Object>> {
    Ok(match name {
        "next_functions" => {
            let mut all = Vec::new();
            for edge in node.edges.borrow().iter() {
                all.push(match edge {
                    Edge::Node(inner, output) => {
                        Object::tuple(vec![Object::Node(inner.clone()), Object::Int(*output as i64)])
                    }
                    Edge::Nowhere => Object::tuple(vec![Object::None, Object::Int(0)]),
                    Edge::Leaf(_) => return Halt::refuse("next_functions that accumulate"),
                });
            }
            Some(Object::tuple(all))
        }
        "__class__" => Some(Object::Class(vm.class_of(&Object::Node(node.clone())))),
        "name" => {
            let function = vm.builtins.get("_node_name").unwrap_or(Object::None);
            let receiver = Object::Node(node.clone());
            Some(Object::Bound(Rc::new(crate::value::Bound { receiver, function })))
        }
        _ => None,
    })
}
