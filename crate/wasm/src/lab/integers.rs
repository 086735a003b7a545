//! Whole numbers across the boundary: a `bigint` holds any of torch.int64, a number those up to 2^53.

use js_sys::{BigInt, BigInt64Array};
use wasm_bindgen::{JsCast, JsValue};

use super::super::convert::{argument_error, number_array};
use super::super::read::{is_iterable, whole};
use super::super::write::Writer;

/// One of torch.int64.
pub(super) fn integer(argument: &str, value: &JsValue) -> Result<i64, JsValue> {
    whole(value).ok_or_else(|| {
        argument_error(argument, "not a whole number from -2^53 to 2^53, nor a bigint of 64 bits")
    })
}

/// A size or count.
pub(super) fn size(argument: &str, value: &JsValue) -> Result<usize, JsValue> {
    let value = integer(argument, value)?;
    usize::try_from(value).map_err(|_| argument_error(argument, "not a size that this machine can address"))
}

/// A seed: as in `PyTorch`, any number of 64 bits, a negative one in two's complement.
pub(super) fn seed(value: &JsValue) -> Result<u64, JsValue> {
    let unsigned = value.dyn_ref::<BigInt>().and_then(|value| u64::try_from(value.clone()).ok());
    match unsigned {
        Some(seed) => Ok(seed),
        None => Ok(integer("seed", value)? as u64),
    }
}

/// A list of them.
pub(super) fn integers(argument: &str, list: &JsValue) -> Result<Vec<i64>, JsValue> {
    if !is_iterable(list) {
        return Err(argument_error(argument, "not a list of whole numbers"));
    }
    js_sys::Array::from(list).iter().map(|value| integer(argument, &value)).collect()
}

/// `{shape, data}`.
pub(super) fn integer_tensor(shape: &[usize], elements: &[i64]) -> JsValue {
    let mut writer = Writer::new("shape data ");
    writer.next(number_array(shape));
    writer.next(BigInt64Array::from(elements).into());
    writer.end()
}
