//! `/subscriptions/{id}/providers`: those that are served, and those of resources that the subscription has. Nothing has to be
//! registered here, and nothing stops being so.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{NAMESPACES, types};
use super::json::{List, bytes};
use super::providers::{self, ProviderRow};
use super::reply::Reply;
use super::resources::resource_type;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::subscriptions;
use pim_core::View;
use pim_core::model::AzureScope;
use std::collections::BTreeMap;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::SUBSCRIPTION_PROVIDERS,
    place: Place::At("subscriptions/{subscription}/providers"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{namespace}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Post, path: "{namespace}/register", versions: None, handler: Handler::Signed(get) },
        Operation {
            method: Method::Post,
            path: "{namespace}/unregister",
            versions: None,
            handler: Handler::Signed(get),
        },
    ],
};

/// The providers of a subscription.
fn all<'v>(view: View<'v>, here: &'v AzureScope) -> Vec<ProviderRow<'v>> {
    let served =
        NAMESPACES.into_iter().map(|namespace| providers::served(namespace).of(&here.path, "RegistrationFree"));
    let mut others: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (namespace, kind) in
        view.azure_downwards(here.id).into_iter().filter_map(|it| resource_type(it)?.split_once('/'))
    {
        let kinds = others.entry(namespace).or_default();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let others = others.into_iter().map(|(name, kinds)| providers::other(name, &kinds));
    served.chain(others.map(|it| it.of(&here.path, "RegistrationRequired"))).collect()
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| Ok(Reply::Ok(bytes(&List::of(all(view, subscriptions::visible(call, view)?))))))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let asked = call.key(1);
        let mut found = all(view, subscriptions::visible(call, view)?).into_iter();
        let found = found.find(|it| it.namespace.eq_ignore_ascii_case(asked));
        Ok(Reply::Ok(bytes(&found.ok_or_else(|| ArmError::InvalidNamespace(asked.to_owned()))?)))
    })
}
