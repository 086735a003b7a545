//! Arguments are read strictly, and a mistake has the path to it.

use serde::Deserialize;
use serde::de::Visitor;
use serde_json::Value as Json;
use serde_json::json;

use crate::Fault;
use crate::generator::Seed;
use crate::read::{Readable, ValueMistake, only_keys_of, read, read_beside};
use gru_playground::call::Call;
use gru_playground::gru::GruConfig;

impl Readable for Json {
    fn is_nothing(&self) -> bool {
        self.is_null()
    }

    fn as_bool(&self) -> Option<bool> {
        Json::as_bool(self)
    }

    fn as_f64(&self) -> Option<f64> {
        // Like JavaScript's bigint, what is too large for a float to tell exactly is no number.
        Json::as_f64(self).filter(|number| !self.is_i64() && !self.is_u64() || number.abs() < 2_f64.powi(53))
    }

    fn as_i64(&self) -> Option<i64> {
        Json::as_i64(self)
    }

    fn as_u64(&self) -> Option<u64> {
        Json::as_u64(self)
    }

    fn as_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn elements(&self) -> Option<impl ExactSizeIterator<Item = Json> + use<>> {
        self.as_array().cloned().map(Vec::into_iter)
    }

    fn entries(&self) -> Option<Vec<(String, Json)>> {
        let entries = self.as_object()?;
        Some(entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn field(&self, name: &str) -> Json {
        self.get(name).cloned().unwrap_or(Json::Null)
    }

    fn keep<'de, V: Visitor<'de>>(
        self,
        name: &'static str,
        _: usize,
        _: V,
    ) -> Result<V::Value, ValueMistake> {
        Err(serde::de::Error::custom(name))
    }
}

#[derive(Debug, Deserialize)]
struct Outer {
    inner: Vec<Inner>,
    #[serde(default)]
    word: Option<Word>,
}

#[derive(Debug, Deserialize)]
struct Inner {
    size: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    One,
    Two,
}

fn message<T>(read: Result<T, Fault>) -> String {
    let thrown = read.err().expect("a mistake").into_parts();
    assert_eq!(thrown.name, "ArgumentError");
    thrown.message
}

#[test]
fn what_fits_is_read() {
    let Outer { inner, word } =
        read("it", json!({ "inner": [{ "size": 1 }, { "size": 2 }], "word": "two" })).unwrap();
    assert!(inner.iter().map(|inner| inner.size).eq([1, 2]));
    assert!(matches!(word, Some(Word::Two)));
    let Outer { word, .. } = read("it", json!({ "inner": [], "word": null })).unwrap();
    assert!(word.is_none());
    assert!(matches!(read("it", json!("one")), Ok(Word::One)));
}

#[test]
fn a_mistake_has_the_path_to_it() {
    for (value, expected) in [
        (json!(1), "it: expected an object"),
        (json!({}), "it.inner: missing"),
        (json!({ "inner": 1 }), "it.inner: expected an array"),
        (json!({ "inner": [{ "size": 1 }, {}] }), "it.inner[1].size: missing"),
        (
            json!({ "inner": [{ "size": -1 }] }),
            "it.inner[0].size: expected a whole number from 0 to 2^32 - 1",
        ),
        (
            json!({ "inner": [{ "size": 0.5 }] }),
            "it.inner[0].size: expected a whole number from 0 to 2^32 - 1",
        ),
        (json!({ "inner": [], "more": 1 }), "it.more: unknown key; there are inner, word"),
        (json!({ "inner": [{ "size": 1, "more": 1 }] }), "it.inner[0].more: unknown key; there are size"),
        (json!({ "inner": [], "word": "three" }), "it.word: expected one of \"one\", \"two\""),
    ] {
        assert_eq!(message(read::<Outer>("it", value.clone())), expected, "{value}");
    }
    let call =
        json!({ "config": { "input_size": 3, "hidden_size": 4 }, "input": { "shape": [5, "two", 3] } });
    assert!(message(read::<Call>("call", call)).starts_with("call.input.shape[1]: "));
}

#[test]
fn keys_of_others_are_left_to_them() {
    let value = || json!({ "size": 1, "name": "it" });
    assert!(read::<Inner>("it", value()).is_err());
    let inner: Inner = read_beside("it", value(), &["name"]).unwrap();
    assert_eq!(inner.size, 1);
}

#[test]
fn a_key_behind_a_tag_is_refused() {
    let known = json!({ "type": "hint" });
    assert!(only_keys_of("event", &known, &known).is_ok());
    let refused = only_keys_of("event", &known, &json!({ "type": "hint", "nonsense": 1 }));
    assert_eq!(message(refused), "event.nonsense: unknown key");
}

#[test]
fn seeds_have_64_bits() {
    for (value, expected) in
        [(json!(7), 7), (json!(-1), -1), (json!(i64::MIN), i64::MIN), (json!(u64::MAX), -1)]
    {
        let Seed(seed) = read("seed", value).unwrap();
        assert_eq!(seed, expected);
    }
    let refused = message(read::<Seed>("seed", json!(0.5)));
    assert_eq!(refused, "seed: expected a whole number of 64 bits, beyond 2^53 a bigint");
}

#[test]
fn an_option_that_a_module_has_not_is_refused() {
    let read: Result<GruConfig, Fault> =
        read("options", json!({ "input_size": 3, "hidden_size": 4, "size": 1 }));
    let fault = read.unwrap_err().into_parts();
    assert_eq!(fault.name, "ArgumentError");
    assert!(fault.message.starts_with("options.size: unknown key"), "{}", fault.message);
}
