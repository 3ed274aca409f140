//! Bodies as clients send them: names of members in any case, unknown members ignored.

/// Declares the body of a request: every member optional, its name compared without regard to case, `null` the same as
/// absent, unknown members passed over. `serde` has no such thing to derive.
#[macro_export]
macro_rules! request_body {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident / $key:literal: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug, Default)]
        pub(crate) struct $name {
            $($(#[$member_doc])* pub(crate) $member: Option<$kind>,)*
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $name;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        out.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut body = $name::default();
                        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                            $(if key.eq_ignore_ascii_case($key) {
                                body.$member = map.next_value().map_err(|error| {
                                    serde::de::Error::custom(format_args!(concat!($key, ": {}"), error))
                                })?;
                                continue;
                            })*
                            map.next_value::<serde::de::IgnoredAny>()?;
                        }
                        Ok(body)
                    }
                }
                deserializer.deserialize_map(Visitor)
            }
        }
    )*};
}
