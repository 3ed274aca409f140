//! What is served.

use super::markdown::{cell, code, codes, generated_by, head, row};
use crate::{arm, control, graph, login};
use serde::Serialize;

/// One route.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteRow {
    /// The part of the emulator that serves it.
    pub surface: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path; below the version where there are versions.
    pub path: String,
    /// The versions that have it; none where there are no versions.
    pub versions: Vec<&'static str>,
    /// Delegated permissions, any of which will do; the least first.
    pub delegated: &'static [&'static str],
    /// Application permissions, any of which will do.
    pub application: &'static [&'static str],
    /// What it does, where that is ours to say: of the control API.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
}

/// Every route: of the surfaces that stand for Microsoft's, in their order, and of the control API.
#[must_use]
pub fn routes() -> Vec<RouteRow> {
    let graph = graph::operations().into_iter().map(|it| RouteRow {
        surface: "graph",
        method: it.method,
        path: it.path.to_owned(),
        versions: it.versions,
        delegated: it.delegated,
        application: it.application,
        summary: String::new(),
    });
    let arm = arm::operations().into_iter().map(|it| RouteRow {
        surface: "arm",
        method: it.method,
        path: it.path,
        versions: it.versions,
        delegated: &[],
        application: &[],
        summary: String::new(),
    });
    let login = login::ROUTES.iter().flat_map(|route| {
        route.methods.iter().map(|method| RouteRow {
            surface: "login",
            method: method.as_str(),
            path: route.path.to_owned(),
            versions: Vec::new(),
            delegated: &[],
            application: &[],
            summary: String::new(),
        })
    });
    let control = control::operations().into_iter().map(|it| RouteRow {
        surface: "control",
        method: it.method,
        path: it.path,
        versions: Vec::new(),
        delegated: &[],
        application: &[],
        summary: it.summary,
    });
    graph.chain(arm).chain(login).chain(control).collect()
}

const INTRODUCTION: &str = "\
# Routes

What the emulator serves: of Microsoft's, and its own control API.
";

const GRAPH: &str = "
## Microsoft Graph

Paths stand below the version, such as `/v1.0`. One of the permissions will do; the least comes first. A path that Graph has
and the emulator does not answers 501 with the code `NotEmulated`. Where no permission stands none is taken: the description of
the service and its beginning are for everybody, and of a batch each step takes its own.

`api/v2` stands for PIM's own service, `https://api.azrbac.mspim.azure.com/api/v2`, which some tools use instead of Graph. It takes
a token for Azure or for itself, and looks at who calls and not at what the token permits.

";

const RESOURCE_MANAGER: &str = "
## Azure Resource Manager

`{scope}` is nothing for the tenant, or the path of a management group, a subscription, a resource group or a resource. Every
request names one of the versions as `api-version`. A type that Azure has and the emulator does not answers 501 with the code
`NotEmulated`.

";

const LOGIN: &str = "
## Sign-in

`{tenant}` is the id or domain of a tenant, `common`, `organizations` or `consumers`.

";

const CONTROL: &str = "
## Control API

`{tid}` is the id or domain of a tenant. `/_emulator/openapi.json` describes bodies and answers. Where the emulator was started
with an admin key, every request brings it in `X-Emulator-Key` unless it says that it needs none.

";

/// The page of routes.
#[must_use]
pub fn routes_markdown(routes: &[RouteRow]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "routes", "routes.md");
    page.push_str(GRAPH);
    let others = graph::ALTERNATE_KEYS.map(|(collection, property)| code(&format!("{collection}({property}='…')")));
    page.push_str(&format!(
        "Some objects are found by more than their id, with all that stands below them: {}.\n\n",
        others.join(", ")
    ));
    head(&mut page, &["Method", "Path", "Versions", "Delegated permissions", "Application permissions"]);
    for route in routes.iter().filter(|route| route.surface == "graph") {
        let application = match route.application {
            [] if route.delegated.is_empty() => String::new(),
            [] => "none".to_owned(),
            same if same == route.delegated => "the same".to_owned(),
            others => codes(others.iter().copied()),
        };
        let versions = route.versions.join(", ");
        let delegated = codes(route.delegated.iter().copied());
        row(&mut page, [route.method.to_owned(), code(&route.path), versions, delegated, application]);
    }
    page.push_str(RESOURCE_MANAGER);
    head(&mut page, &["Method", "Path", "Versions"]);
    for route in routes.iter().filter(|route| route.surface == "arm") {
        row(&mut page, [route.method.to_owned(), code(&route.path), route.versions.join(", ")]);
    }
    page.push_str(LOGIN);
    head(&mut page, &["Method", "Path"]);
    for route in routes.iter().filter(|route| route.surface == "login") {
        row(&mut page, [route.method.to_owned(), code(&route.path)]);
    }
    page.push_str(CONTROL);
    head(&mut page, &["Method", "Path", "What it does"]);
    for route in routes.iter().filter(|route| route.surface == "control") {
        row(&mut page, [route.method.to_owned(), code(&route.path), cell(&route.summary)]);
    }
    page
}
