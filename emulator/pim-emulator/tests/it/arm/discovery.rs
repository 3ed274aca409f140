//! What is there: tenants, providers, addresses.

use super::kit::Azure;
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn the_tenant_of_the_caller_is_listed() {
    let azure = Azure::new().await;
    let answer = azure.user("alice").await.get("/tenants?api-version=2022-12-01").await.expect(200);
    assert_eq!(
        answer.body,
        json!({
            "value": [{
                "id": format!("/tenants/{}", azure.tenant), "tenantId": azure.tenant, "countryCode": "NL",
                "displayName": "Contoso", "domains": ["contoso.onmicrosoft.com"], "tenantCategory": "Home",
                "defaultDomain": "contoso.onmicrosoft.com", "tenantType": "AAD",
            }],
            "count": { "type": "Total", "value": 1 },
        })
    );
}

#[tokio::test]
async fn providers_list_their_types_with_their_versions() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let all = alice.get("/providers?api-version=2021-04-01").await.expect(200);
    let names: Vec<_> =
        all.body["value"].as_array().unwrap().iter().map(|it| it["namespace"].as_str().unwrap()).collect();
    assert_eq!(names, ["Microsoft.Authorization", "Microsoft.Management", "Microsoft.Resources"]);
    let one = alice.get("/providers/microsoft.authorization?api-version=2021-04-01").await.expect(200);
    assert_eq!(one.body, all.body["value"][0]);
    let types = one.body["resourceTypes"].as_array().unwrap();
    let requests = types.iter().find(|it| it["resourceType"] == "roleAssignmentScheduleRequests").unwrap();
    assert_eq!(requests["apiVersions"], json!(["2022-04-01-preview", "2020-10-01", "2020-10-01-preview"]));
    assert_eq!(requests["defaultApiVersion"], "2020-10-01");
    alice.get("/providers/Contoso.Lab?api-version=2021-04-01").await.refused(404, "InvalidResourceNamespace");
}

#[tokio::test]
async fn tools_find_every_address_from_the_one_they_were_told() {
    let azure = Azure::new().await;
    let anybody = azure.anonymous();
    let one = anybody.get("/metadata/endpoints?api-version=2022-09-01").await.expect(200);
    assert_eq!(one.body["authentication"]["loginEndpoint"], "http://localhost:8443");
    assert_eq!(
        one.body["authentication"]["audiences"],
        json!(["https://management.core.windows.net/", "https://management.azure.com/"])
    );
    assert_eq!(one.body["resourceManager"], "http://localhost:8443/");
    assert_eq!(one.body["microsoftGraphResourceId"], "http://localhost:8443/");
    assert_eq!(one.body["name"], "AzureCloud");
    assert_eq!(one.body["suffixes"]["keyVaultDns"], "vault.azure.net");
    let listed = anybody.get("/metadata/endpoints?api-version=2019-05-01").await.expect(200);
    assert_eq!(listed.body, json!([one.body]));
    anybody.get("/metadata/endpoints").await.refused(400, "MissingApiVersionParameter");
    anybody.get("/metadata/endpoints?api-version=2000-01-01").await.refused(400, "InvalidApiVersionParameter");
    let headers = [("host", "management.azure.com")];
    let real = anybody.send(Method::GET, "/metadata/endpoints?api-version=2022-09-01", &headers, "").await.expect(200);
    assert_eq!(real.body["authentication"]["loginEndpoint"], "https://login.microsoftonline.com");
    assert_eq!(real.body["resourceManager"], "https://management.azure.com/");
    assert_eq!(real.body["microsoftGraphResourceId"], "https://graph.microsoft.com/");
}
