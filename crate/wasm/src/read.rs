//! JavaScript's values as the core's.
//!
//! Why not serde: its derived readers weigh 7 KB gzip more, for they check every field on its own and give
//! up at every one. Here reading goes on after a mistake, with anything in place of what is wrong, and the
//! first mistake is told at the end.

use js_sys::{Array, Number, Object, Symbol};
use wasm_bindgen::{JsCast as _, JsValue};

use super::object::PlainObject;
use gru_playground::call::Value;

/// What JavaScript can hand over.
pub(super) trait FromJs: Sized {
    /// Reads a value; of one that is wrong the reader takes note, and the result is without meaning.
    fn read(value: &JsValue, reader: &mut Reader) -> Self;
}

/// A path as JavaScript writes it behind a variable: `.input.shape[1]`.
fn written(path: &[Step]) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Field(name) => [".", name].concat(),
            Step::Index(index) => ["[", &index.to_string(), "]"].concat(),
        })
        .collect();
    steps.concat()
}

/// A number as JavaScript prints it.
pub(super) fn decimal(number: f64) -> String {
    // Only a radix outside 2 to 36 throws.
    Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// A step from a value into it.
enum Step {
    Field(&'static str),
    Index(usize),
}

/// What goes through all values of one argument.
#[derive(Default)]
pub(super) struct Reader {
    /// The way from the argument to the value that is being read.
    path: Vec<Step>,
    /// The first mistake.
    mistake: Option<String>,
}

impl Reader {
    /// Takes note of a mistake, of which only the first counts: it may bring forth others.
    pub(super) fn refuse(&mut self, mistake: &[&str]) {
        self.refuse_at(&[], mistake);
    }

    /// Takes note of a mistake some steps further.
    #[cold]
    fn refuse_at(&mut self, steps: &[&str], mistake: &[&str]) {
        let path = &self.path;
        self.mistake
            .get_or_insert_with(|| [&written(path), &steps.concat(), ": ", &mistake.concat()].concat());
    }

    /// The first mistake, where there is one, after the path to it: `.input.shape[1]: ...`.
    pub(super) fn end(self) -> Result<(), String> {
        self.mistake.map_or(Ok(()), Err)
    }

    /// Says that something else is due.
    #[cold]
    pub(super) fn misread(&mut self, value: &JsValue, due: &str) {
        let found = if is_nothing(value) {
            "unit value"
        } else if let Some(value) = value.as_bool() {
            if value { "boolean `true`" } else { "boolean `false`" }
        } else if let Some(number) = value.as_f64() {
            &["floating point `", &decimal(number), "`"].concat()
        } else if let Some(text) = value.as_string() {
            &["string \"", &text, "\""].concat()
        } else if value.is_array() {
            "sequence"
        } else if value.is_object() {
            "map"
        } else {
            "another kind of value"
        };
        self.refuse(&["invalid type: ", found, ", expected ", due]);
    }

    /// A whole number up to the largest that is due.
    fn natural(&mut self, value: &JsValue, most: u64, due: &str) -> u64 {
        let Some(whole) = whole(value) else {
            self.misread(value, due);
            return 0;
        };
        match u64::try_from(whole) {
            Ok(number) if number <= most => number,
            _ => {
                self.refuse(&["invalid value: integer `", &whole.to_string(), "`, expected ", due]);
                0
            }
        }
    }

    /// Reads the elements of what can be iterated.
    fn each(&mut self, value: &JsValue, due: &str, read: &mut dyn FnMut(&JsValue, &mut Reader)) {
        if is_iterable(value) {
            for (index, element) in Array::from(value).iter().enumerate() {
                self.path.push(Step::Index(index));
                read(&element, self);
                self.path.pop();
            }
        } else {
            self.misread(value, due);
        }
    }

    /// Which of the names a value is.
    pub(super) fn one_of(&mut self, value: &JsValue, due: &str, names: &[&str]) -> usize {
        let Some(text) = value.as_string() else {
            self.misread(value, due);
            return 0;
        };
        let mut known = String::new();
        for (index, name) in names.iter().enumerate() {
            if *name == text {
                return index;
            }
            let before = if index == 0 { "`" } else { ", `" };
            known = [&known, before, name, "`"].concat();
        }
        self.refuse(&["unknown variant `", &text, "`, expected one of ", &known]);
        0
    }
}

/// Whether a value is an array, or another object that can be iterated, such as an `Int32Array`.
pub(super) fn is_iterable(value: &JsValue) -> bool {
    Array::is_array(value) || value.is_object() && Symbol::iterator().js_in(value)
}

pub(super) fn is_nothing(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined()
}

/// A whole number that a double holds exactly, or a `bigint` of 64 bits.
pub(super) fn whole(value: &JsValue) -> Option<i64> {
    match value.as_f64() {
        Some(number) => {
            (number.fract() == 0.0 && number.abs() <= Number::MAX_SAFE_INTEGER).then_some(number as i64)
        }
        None => i64::try_from(value.clone()).ok(),
    }
}

/// The fields of an object, for those who know their names; a field that is undefined counts as absent.
pub(super) struct Fields<'a> {
    object: PlainObject,
    /// The field that was found last.
    value: JsValue,
    pub(super) reader: &'a mut Reader,
}

impl<'a> Fields<'a> {
    pub(super) fn of(value: &JsValue, due: &str, reader: &'a mut Reader) -> Self {
        let object = if value.is_object() {
            value.clone().unchecked_into()
        } else {
            reader.misread(value, due);
            PlainObject::new()
        };
        Fields { object, value: JsValue::UNDEFINED, reader }
    }

    /// Whether there is such a field.
    #[inline(never)]
    fn find(&mut self, name: &str) -> bool {
        self.value = self.object.get(name);
        !self.value.is_undefined()
    }

    #[inline(never)]
    fn find_required(&mut self, name: &str) {
        if !self.find(name) {
            self.reader.refuse(&["missing field `", name, "`"]);
        }
    }

    /// The field that was found last.
    fn read<T: FromJs>(&mut self, name: &'static str) -> T {
        self.reader.path.push(Step::Field(name));
        let read = T::read(&self.value, self.reader);
        self.reader.path.pop();
        read
    }

    /// A field that must be there.
    pub(super) fn required<T: FromJs>(&mut self, name: &'static str) -> T {
        self.find_required(name);
        self.read(name)
    }

    /// A field that may be absent or null, which is the same.
    pub(super) fn optional<T: FromJs>(&mut self, name: &'static str) -> Option<T> {
        self.find(name);
        (!is_nothing(&self.value)).then(|| self.read(name))
    }

    /// A field that may be absent, and where null is a value.
    pub(super) fn given<T: FromJs>(&mut self, name: &'static str) -> Option<T> {
        self.find(name).then(|| self.read(name))
    }

    /// A field that may be absent.
    pub(super) fn or<T: FromJs>(&mut self, name: &'static str, default: T) -> T {
        if self.find(name) { self.read(name) } else { default }
    }

    /// A field that may be absent.
    pub(super) fn or_default<T: FromJs + Default>(&mut self, name: &'static str) -> T {
        self.or(name, T::default())
    }

    /// The object's own fields that are none of these, in their order.
    pub(super) fn others(&self, names: &[&str]) -> Vec<(String, JsValue)> {
        let mut others = Vec::new();
        for key in Object::keys(self.object.unchecked_ref::<Object>()) {
            let key = key.as_string().unwrap_or_default();
            let value = self.object.get(&key);
            if !(names.contains(&key.as_str()) || value.is_undefined()) {
                others.push((key, value));
            }
        }
        others
    }

    /// Refuses fields that are none of these.
    #[inline(never)]
    pub(super) fn only(&mut self, names: &[&str]) {
        if let Some((key, _)) = self.others(names).first() {
            let known = names.join(", ");
            self.reader.refuse_at(&[".", key], &["unknown field; there are ", &known]);
        }
    }
}

impl FromJs for bool {
    fn read(value: &JsValue, reader: &mut Reader) -> bool {
        value.as_bool().unwrap_or_else(|| {
            reader.misread(value, "a boolean");
            false
        })
    }
}

impl FromJs for f64 {
    fn read(value: &JsValue, reader: &mut Reader) -> f64 {
        value.as_f64().unwrap_or_else(|| {
            reader.misread(value, "f64");
            0.0
        })
    }
}

impl FromJs for u64 {
    fn read(value: &JsValue, reader: &mut Reader) -> u64 {
        reader.natural(value, u64::MAX, "u64")
    }
}

impl FromJs for u32 {
    fn read(value: &JsValue, reader: &mut Reader) -> u32 {
        reader.natural(value, u32::MAX.into(), "u32") as u32
    }
}

impl FromJs for usize {
    fn read(value: &JsValue, reader: &mut Reader) -> usize {
        reader.natural(value, usize::MAX as u64, "usize") as usize
    }
}

impl FromJs for String {
    fn read(value: &JsValue, reader: &mut Reader) -> String {
        value.as_string().unwrap_or_else(|| {
            reader.misread(value, "a string");
            String::new()
        })
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn read(value: &JsValue, reader: &mut Reader) -> Vec<T> {
        let mut list = Vec::new();
        reader.each(value, "a sequence", &mut |element, reader| list.push(T::read(element, reader)));
        list
    }
}

/// An option's name and value.
impl FromJs for (String, Value) {
    fn read(value: &JsValue, reader: &mut Reader) -> (String, Value) {
        const DUE: &str = "a tuple of size 2";
        let mut elements = Array::new();
        if is_iterable(value) {
            elements = Array::from(value);
            if elements.length() != 2 {
                reader.refuse(&["invalid length ", &elements.length().to_string(), ", expected ", DUE]);
            }
        } else {
            reader.misread(value, DUE);
        }
        (String::read(&elements.get(0), reader), Value::read(&elements.get(1), reader))
    }
}
