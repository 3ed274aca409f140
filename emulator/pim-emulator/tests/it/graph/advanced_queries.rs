//! `$search` and advanced queries: what takes the header that says that the answer may lag, and what is said without it.

use super::lab::{GINA, Lab, RITA, WRITE};
use serde_json::json;

#[tokio::test]
async fn without_the_header_the_directory_says_what_it_cannot() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let advanced = "Operator 'endsWith' is not supported because the required parameters might be missing. Try adding \
                    $count=true query parameter and ConsistencyLevel:eventual header. Refer to \
                    https://aka.ms/graph-docs/advanced-queries for more information";
    let many = vec!["displayName eq 'a'"; 16].join(" or ");
    for (query, message) in [
        ("$filter=endsWith(mail,'x')", advanced),
        ("$filter=accountEnabled ne true", "Unsupported property filter clause operator 'NotEqualsMatch'."),
        ("$filter=not(startsWith(displayName,'a'))", "Unsupported property filter clause operator 'NotEqualsMatch'."),
        (
            "$filter=companyName eq 'x'",
            "Unsupported or invalid query filter clause specified for property 'companyName' of resource 'User'.",
        ),
        ("$filter=assignedLicenses/$count eq 0", "Unsupported Query."),
        ("$filter=accountEnabled eq true&$orderby=displayName", "Sorting not supported for current query."),
        ("$orderby=jobTitle", "Sorting not supported for current query."),
        (
            "$search=\"displayName:al\"",
            "Request with $search query parameter only works through MSGraph with a special request header: \
             'ConsistencyLevel: eventual'",
        ),
        (
            &format!("$filter={many}"),
            "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
        ),
    ] {
        let answer = rita.get(&format!("users?{query}")).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("Request_UnsupportedQuery", message), "{query}");
        // The header alone will not do, but for a search.
        let eventually = rita.get_eventually(&format!("users?{query}")).await;
        assert_eq!(eventually.status.is_success(), query.starts_with("$search"), "{query}");
        if !query.contains("displayName eq 'a'") {
            rita.get_eventually(&format!("users?$count=true&{query}")).await.expect(200);
        }
    }
}

#[tokio::test]
async fn plain_queries_need_nothing() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (query, count) in [
        ("$filter=startsWith(displayName,'A')", 1),
        ("$filter=identities/any(i:i/issuerAssignedId eq 'rita@contoso.onmicrosoft.com')", 1),
        ("$orderby=userPrincipalName desc&$top=2", 2),
        ("$filter=userType eq 'Member' and department eq null", 3),
        ("$filter=createdDateTime ge 2026-01-01", 3),
    ] {
        assert_eq!(rita.get(&format!("users?{query}")).await.expect(200).items().len(), count, "{query}");
    }
    assert_eq!(rita.get("groups?$filter=isAssignableToRole eq true").await.expect(200).items().len(), 1);
    assert_eq!(
        rita.get("groups?$filter=description eq 'x'").await.expect(400).message(),
        "Unsupported or invalid query filter clause specified for property 'description' of resource 'Group'."
    );
}

#[tokio::test]
async fn a_search_finds_words_counts_and_has_pages() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    for name in ["Night shift ops", "Day shift ops", "Opsworks"] {
        let nickname = name.replace(' ', "");
        let body = json!({ "displayName": name, "mailEnabled": false, "mailNickname": nickname, "securityEnabled": true,
                           "description": "who works" });
        gina.post("groups", body).await.expect(201);
    }
    let find = async |search: &str| gina.get_eventually(&format!("groups?$count=true&$search={search}")).await;
    assert_eq!(find("\"displayName:shift ops\"").await.expect(200).body["@odata.count"], 2);
    assert_eq!(find("\"displayName:ops\" AND \"description:works\"").await.expect(200).items().len(), 3);
    assert_eq!(find("\"displayName:night\" OR \"displayName:day\"").await.expect(200).items().len(), 2);
    assert_eq!(find("\"mailNickname:day\"").await.expect(200).items().len(), 1);
    let page = find("\"displayName:ops\"&$top=2&$select=displayName").await.expect(200);
    let next = page.body["@odata.nextLink"].as_str().unwrap().strip_prefix("http://localhost:8443").unwrap().to_owned();
    // The header need not come again.
    assert_eq!((page.items().len(), gina.get(&next).await.expect(200).items().len()), (2, 1));
    let count = gina.get_eventually("groups/$count?$search=\"displayName:shift\"").await.expect(200);
    assert_eq!(count.body, json!(2));
    for (search, message) in [
        ("ops", "Syntax error: character 'o' is not valid at position 0 in 'ops'."),
        ("\"colour:red\"", "Could not find a property named 'colour' on type 'microsoft.graph.group'."),
    ] {
        assert_eq!(find(search).await.expect(400).message(), message);
    }
}
