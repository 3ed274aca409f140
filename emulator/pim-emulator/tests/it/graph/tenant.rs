//! `/domains` and `/subscribedSkus`.

use super::lab::{Lab, RITA, TENANT};
use pim_core::model::License;

#[tokio::test]
async fn the_tenant_has_its_initial_domain() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let listed = rita.get("domains").await.expect(200);
    assert_eq!((listed.items().len(), &listed.items()[0]["isDefault"]), (1, &true.into()));
    assert_eq!(rita.get("domains/contoso.onmicrosoft.com").await.expect(200).body["isVerified"], true);
    rita.get("domains/example.com").await.expect(404);
    lab.with_scopes(RITA, "User.Read").get("domains").await.expect(403);
}

/// LIC-1.
#[tokio::test]
async fn what_the_tenant_pays_for_tells_whether_there_is_pim() {
    for (license, plans) in [
        (License::None, None),
        (License::P1, Some(vec!["AAD_PREMIUM"])),
        (License::P2, Some(vec!["AAD_PREMIUM", "AAD_PREMIUM_P2"])),
        (License::Governance, Some(vec!["AAD_PREMIUM", "AAD_PREMIUM_P2"])),
    ] {
        let lab = Lab::licensed(license);
        let listed = lab.user(RITA).get("subscribedSkus").await.expect(200);
        let found = listed.items().first().map(|sku| {
            let plans = sku["servicePlans"].as_array().unwrap().iter();
            plans.map(|plan| plan["servicePlanName"].as_str().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(found, plans, "{license:?}");
        if let Some(sku) = listed.items().first() {
            let id = sku["id"].as_str().unwrap();
            assert!(id.starts_with(&TENANT.to_string()));
            lab.user(RITA).get(&format!("subscribedSkus/{id}")).await.expect(200);
        }
        lab.user(RITA).get("subscribedSkus/nothing").await.expect(404);
    }
    let lab = Lab::new();
    lab.user(RITA).get("subscribedSkus?$filter=capabilityStatus eq 'Enabled'").await.expect(400);
}
