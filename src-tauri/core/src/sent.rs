//! A field of a change that can be left alone, emptied or filled.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

/// Left out, what stood there stays; null or an empty text takes it away. Stands with `#[serde(default)]`.
#[derive(Debug, Clone, Default)]
pub enum Sent<T> {
    #[default]
    Nothing,
    Empty,
    Value(T),
}

impl<T> Sent<T> {
    /// What stands there after it.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Sent::Nothing => before,
            Sent::Empty => None,
            Sent::Value(value) => Some(value),
        }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sent<U> {
        match self {
            Sent::Nothing => Sent::Nothing,
            Sent::Empty => Sent::Empty,
            Sent::Value(value) => Sent::Value(change(value)),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Sent<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        match Option::<Value>::deserialize(reader)? {
            None => Ok(Sent::Empty),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(Sent::Empty),
            Some(value) => T::deserialize(value).map(Sent::Value).map_err(D::Error::custom),
        }
    }
}

impl<T: JsonSchema> JsonSchema for Sent<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

/// To the desk it is a field like any other that may be left out or null.
impl<T: TS> TS for Sent<T> {
    type WithoutGenerics = Self;
    type OptionInnerType = T;
    const IS_OPTION: bool = true;

    fn name(cfg: &Config) -> String {
        Option::<T>::name(cfg)
    }
    fn inline(cfg: &Config) -> String {
        Option::<T>::inline(cfg)
    }
    fn visit_dependencies(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        T::visit_dependencies(visitor);
    }
    fn visit_generics(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        T::visit_generics(visitor);
        visitor.visit::<T>();
    }
}
