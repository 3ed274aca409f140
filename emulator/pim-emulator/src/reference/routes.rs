//! What is served.

use super::markdown::{code, codes, generated_by, head, row};
use crate::{graph, login};
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
    pub path: &'static str,
    /// The versions that have it; none where there are no versions.
    pub versions: Vec<&'static str>,
    /// Delegated permissions, any of which will do; the least first.
    pub delegated: &'static [&'static str],
    /// Application permissions, any of which will do.
    pub application: &'static [&'static str],
}

/// Every route of the surfaces that stand for Microsoft's, in their order.
#[must_use]
pub fn routes() -> Vec<RouteRow> {
    let graph = graph::operations().into_iter().map(|it| RouteRow {
        surface: "graph",
        method: it.method,
        path: it.path,
        versions: it.versions,
        delegated: it.delegated,
        application: it.application,
    });
    let login = login::ROUTES.iter().flat_map(|route| {
        route.methods.iter().map(|method| RouteRow {
            surface: "login",
            method: method.as_str(),
            path: route.path,
            versions: Vec::new(),
            delegated: &[],
            application: &[],
        })
    });
    graph.chain(login).collect()
}

const INTRODUCTION: &str = "\
# Routes

What the emulator serves of Microsoft's. Its own control API describes itself at `/_emulator/openapi.json`.
";

const GRAPH: &str = "
## Microsoft Graph

Paths stand below the version, such as `/v1.0`. One of the permissions will do; the least comes first. A path that Graph has
and the emulator does not answers 501 with the code `NotEmulated`.

";

const LOGIN: &str = "
## Sign-in

`{tenant}` is the id or domain of a tenant, `common`, `organizations` or `consumers`.

";

/// The page of routes.
#[must_use]
pub fn routes_markdown(routes: &[RouteRow]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "routes", "routes.md");
    page.push_str(GRAPH);
    head(&mut page, &["Method", "Path", "Versions", "Delegated permissions", "Application permissions"]);
    for route in routes.iter().filter(|route| route.surface == "graph") {
        let application = match route.application {
            [] => "none".to_owned(),
            same if same == route.delegated => "the same".to_owned(),
            others => codes(others.iter().copied()),
        };
        let versions = route.versions.join(", ");
        let delegated = codes(route.delegated.iter().copied());
        row(&mut page, [route.method.to_owned(), code(route.path), versions, delegated, application]);
    }
    page.push_str(LOGIN);
    head(&mut page, &["Method", "Path"]);
    for route in routes.iter().filter(|route| route.surface == "login") {
        row(&mut page, [route.method.to_owned(), code(route.path)]);
    }
    page
}
