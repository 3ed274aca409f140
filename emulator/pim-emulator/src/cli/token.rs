//! `pim-emulator token`.

use super::client::Target;
use super::failure::Failure;
use super::output;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use ureq::http::Method;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The user it is for, by name
    #[arg(long, value_name = "NAME", required_unless_present = "application", conflicts_with = "application")]
    user: Option<String>,
    /// The application it is for, on its own, by name
    #[arg(long, value_name = "NAME")]
    application: Option<String>,
    /// The tenant, by id or domain [default: the only one]
    #[arg(long, value_name = "T")]
    tenant: Option<String>,
    /// As after a sign-in with multifactor authentication
    #[arg(long, conflicts_with = "application")]
    mfa: bool,
    /// The service it is for
    #[arg(long, default_value = "graph")]
    audience: Audience,
    /// A delegated permission; repeat it for more [default: all]
    #[arg(long = "scope", value_name = "S", conflicts_with = "application")]
    scopes: Vec<String>,
    /// How long it is good for, such as PT1H; a negative one makes a token that has expired
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    lifetime: Option<String>,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Audience {
    /// Microsoft Graph
    Graph,
    /// Azure Resource Manager
    Arm,
    /// The older service of PIM
    Pim,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let client = arguments.target.client()?;
    let path = format!("/tenants/{}/tokens", client.tenant(arguments.tenant.as_deref())?);
    let answer: Value = client.send(Method::POST, &path, &arguments.body())?;
    match answer["accessToken"].as_str() {
        Some(token) => output::line(token),
        None => Err(Failure::new("the answer has no token in it")),
    }
}

impl Arguments {
    fn body(&self) -> Value {
        let audience = match self.audience {
            Audience::Graph => "graph",
            Audience::Arm => "arm",
            Audience::Pim => "pim",
        };
        let mut body = match (&self.user, &self.application) {
            (Some(user), _) => json!({ "user": user, "audience": audience, "mfa": self.mfa }),
            (None, application) => json!({ "application": application, "audience": audience }),
        };
        let mut add = |key: &str, value: Value| {
            if let Some(body) = body.as_object_mut() {
                body.insert(key.to_owned(), value);
            }
        };
        if !self.scopes.is_empty() {
            add("scopes", json!(self.scopes));
        }
        if let Some(lifetime) = &self.lifetime {
            add("lifetime", json!(lifetime));
        }
        body
    }
}
