//! `/metadata/endpoints`: where everything is, for tools that are told one address only.
//!
//! Everything is where the client came in. Whoever came in under the name of the real service, through a proxy, is told the real
//! names, which lead here as well.

use super::front_door::types;
use super::json::bytes;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use crate::net::{Origin, ServedHost};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ENDPOINTS,
    place: Place::At("metadata/endpoints"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Open(endpoints) }],
};

/// The version that answers a list of one.
const LISTED: &str = "2019-05-01";

#[derive(Debug)]
struct Endpoints {
    name: &'static str,
    portal: String,
    authentication: Authentication,
    graph_audience: String,
    graph: String,
    microsoft_graph_resource_id: String,
    resource_manager: String,
    media: String,
    batch: String,
    gallery: String,
    sql_management: String,
    vm_image_alias_doc: String,
    active_directory_data_lake: String,
    suffixes: Suffixes,
}

#[derive(Debug)]
struct Authentication {
    login_endpoint: String,
    audiences: Vec<&'static str>,
    tenant: &'static str,
    identity_provider: &'static str,
}

/// The names under which other services of Azure keep what they store. None of them is served.
#[derive(Debug)]
struct Suffixes {
    acr_login_server: &'static str,
    attestation_endpoint: &'static str,
    azure_data_lake_analytics_catalog_and_job: &'static str,
    azure_data_lake_store_file_system: &'static str,
    key_vault_dns: &'static str,
    mariadb_server_endpoint: &'static str,
    mhsm_dns: &'static str,
    mysql_server_endpoint: &'static str,
    postgresql_server_endpoint: &'static str,
    sql_server_hostname: &'static str,
    storage: &'static str,
    storage_sync_endpoint_suffix: &'static str,
    synapse_analytics: &'static str,
}

crate::arm_object! {
    Endpoints {
        portal / "portal",
        authentication / "authentication",
        media / "media",
        graph_audience / "graphAudience",
        graph / "graph",
        name / "name",
        suffixes / "suffixes",
        batch / "batch",
        resource_manager / "resourceManager",
        vm_image_alias_doc / "vmImageAliasDoc",
        active_directory_data_lake / "activeDirectoryDataLake",
        sql_management / "sqlManagement",
        microsoft_graph_resource_id / "microsoftGraphResourceId",
        gallery / "gallery",
    }
    Authentication {
        login_endpoint / "loginEndpoint",
        audiences / "audiences",
        tenant / "tenant",
        identity_provider / "identityProvider",
    }
    Suffixes {
        acr_login_server / "acrLoginServer",
        attestation_endpoint / "attestationEndpoint",
        azure_data_lake_analytics_catalog_and_job / "azureDataLakeAnalyticsCatalogAndJob",
        azure_data_lake_store_file_system / "azureDataLakeStoreFileSystem",
        key_vault_dns / "keyVaultDns",
        mariadb_server_endpoint / "mariadbServerEndpoint",
        mhsm_dns / "mhsmDns",
        mysql_server_endpoint / "mysqlServerEndpoint",
        postgresql_server_endpoint / "postgresqlServerEndpoint",
        sql_server_hostname / "sqlServerHostname",
        storage / "storage",
        storage_sync_endpoint_suffix / "storageSyncEndpointSuffix",
        synapse_analytics / "synapseAnalytics",
    }
}

const SUFFIXES: Suffixes = Suffixes {
    acr_login_server: "azurecr.io",
    attestation_endpoint: "attest.azure.net",
    azure_data_lake_analytics_catalog_and_job: "azuredatalakeanalytics.net",
    azure_data_lake_store_file_system: "azuredatalakestore.net",
    key_vault_dns: "vault.azure.net",
    mariadb_server_endpoint: "mariadb.database.azure.com",
    mhsm_dns: "managedhsm.azure.net",
    mysql_server_endpoint: "mysql.database.azure.com",
    postgresql_server_endpoint: "postgres.database.azure.com",
    sql_server_hostname: "database.windows.net",
    storage: "core.windows.net",
    storage_sync_endpoint_suffix: "afs.azure.net",
    synapse_analytics: "dev.azuresynapse.net",
};

fn endpoints(origin: &Origin<'_>, version: &'static str) -> Reply {
    let here = origin.to_string();
    let (login, graph, resource_manager) = match origin.served_host() {
        Some(ServedHost::ResourceManager) => (
            "https://login.microsoftonline.com".to_owned(),
            "https://graph.microsoft.com/".to_owned(),
            "https://management.azure.com/".to_owned(),
        ),
        Some(ServedHost::Graph | ServedHost::Login | ServedHost::PrivilegedAccess | ServedHost::ByPath) | None => {
            (here.clone(), format!("{here}/"), format!("{here}/"))
        }
    };
    let endpoints = Endpoints {
        name: "AzureCloud",
        portal: here.clone(),
        authentication: Authentication {
            login_endpoint: login,
            audiences: vec!["https://management.core.windows.net/", "https://management.azure.com/"],
            tenant: "common",
            identity_provider: "AAD",
        },
        graph_audience: graph.clone(),
        graph: graph.clone(),
        microsoft_graph_resource_id: graph,
        resource_manager,
        media: here.clone(),
        batch: here.clone(),
        gallery: here.clone(),
        sql_management: here.clone(),
        vm_image_alias_doc: here.clone(),
        active_directory_data_lake: here,
        suffixes: SUFFIXES,
    };
    Reply::Ok(if version == LISTED { bytes(&vec![endpoints]) } else { bytes(&endpoints) })
}
