//! `pim-emulator requests`.

use super::client::Target;
use super::failure::Failure;
use super::output;
use clap::Args;
use serde_json::Value;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The tenant, by id or domain [default: the only one]
    #[arg(long, value_name = "T")]
    tenant: Option<String>,
    /// Those with that method
    #[arg(long)]
    method: Option<String>,
    /// Those whose path fits a pattern, such as /users/* or /roleManagement/**
    #[arg(long, value_name = "PATTERN")]
    path: Option<String>,
    /// Those of a user or an application
    #[arg(long, value_name = "NAME")]
    principal: Option<String>,
    /// Those that were answered with that status
    #[arg(long)]
    status: Option<u16>,
    /// Those to graph, pim, arm or login
    #[arg(long)]
    surface: Option<String>,
    /// Those with a higher number than this
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client = arguments.target.client()?;
    let id = client.tenant(arguments.tenant.as_deref())?;
    let mut after = arguments.after;
    let mut requests = Vec::new();
    loop {
        let page: Value = client.get(&format!("/tenants/{id}/requests?{}", arguments.query(after)))?;
        let found = page["value"].as_array().cloned().unwrap_or_default();
        let is_end = page["count"].as_u64().unwrap_or_default() <= found.len() as u64;
        requests.extend(found);
        after = page["next"].as_u64().unwrap_or(after);
        if is_end {
            break;
        }
    }
    if arguments.json {
        return output::json(&Value::Array(requests));
    }
    output::print(&output::columns(&requests.iter().map(row).collect::<Vec<_>>()))
}

impl Arguments {
    fn query(&self, after: u64) -> String {
        let mut query = form_urlencoded::Serializer::new(format!("after={after}&limit=1000"));
        let texts = [
            ("method", &self.method),
            ("path", &self.path),
            ("principal", &self.principal),
            ("surface", &self.surface),
        ];
        query.extend_pairs(texts.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))));
        query.extend_pairs(self.status.map(|status| ("status", status.to_string())));
        query.finish()
    }
}

/// One line of a request: number, time, who, what, and how it ended.
fn row(request: &Value) -> [String; 6] {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let query = text(&request["query"]);
    let path = text(&request["path"]);
    [
        request["sequence"].to_string(),
        text(&request["at"]),
        text(&request["principal"]["name"]),
        text(&request["method"]),
        if query.is_empty() { path } else { format!("{path}?{query}") },
        match request["status"].as_u64() {
            Some(status) => format!("{status} {}", text(&request["error"])).trim_end().to_owned(),
            None => "closed".to_owned(),
        },
    ]
}
