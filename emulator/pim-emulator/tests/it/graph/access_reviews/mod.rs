//! Access reviews: alice is eligible for Groups Administrator, gina reviews roles, and rita is asked.

mod deciding;
mod definitions;
mod history;
mod instances;
mod scopes;

use super::lab::{ALICE, Answer, Client, GINA, GROUPS_ADMINISTRATOR, Lab, RITA};
use pim_core::model::License;
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) const REVIEWS: &str = "identityGovernance/accessReviews/definitions";
const PERMISSIONS: &str = "AccessReview.ReadWrite.All AccessReview.Read.All RoleManagement.Read.Directory";
const BOB: Uuid = Uuid::from_u128(0x1d2c_3b4a_0000_4000_8000_0000_0000_000b);
const NOBODY: Uuid = Uuid::from_u128(9);
const ELIGIBILITIES: &str = "roleManagement/directory/roleEligibilityScheduleInstances";

/// A tenant in which alice and bob are eligible for Groups Administrator.
pub(super) fn lab() -> Lab {
    licensed(License::P2)
}

fn licensed(license: License) -> Lab {
    let lab = Lab::licensed(license);
    lab.make_user(BOB, "bob");
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.eligible(BOB, GROUPS_ADMINISTRATOR);
    lab
}

/// Somebody with every permission of access reviews.
pub(super) fn client(lab: &Lab, id: Uuid) -> Client<'_> {
    lab.with_scopes(id, PERMISSIONS)
}

/// A review of Groups Administrator by rita, with some members replaced.
pub(super) fn review(more: Value) -> Value {
    let mut body = json!({
        "displayName": "Groups Administrators",
        "descriptionForAdmins": "Every quarter",
        "descriptionForReviewers": "Does this person still look after groups?",
        "scope": {
            "query": format!("/roleManagement/directory/roleDefinitions/{GROUPS_ADMINISTRATOR}"),
            "queryType": "MicrosoftGraph",
        },
        "reviewers": [{"query": format!("/users/{RITA}"), "queryType": "MicrosoftGraph"}],
        "settings": {"instanceDurationInDays": 14},
    });
    let Value::Object(more) = more else { panic!("no members: {more}") };
    for (name, value) in more {
        match (body.get_mut(&name), value) {
            (Some(Value::Object(there)), Value::Object(new)) if name == "settings" => there.extend(new),
            (_, value) => body[name] = value,
        }
    }
    body
}

/// A review that runs: where its definition and its one instance are.
struct Running {
    definition: String,
    instance: String,
}

impl Running {
    async fn start(lab: &Lab, more: Value) -> Self {
        let gina = client(lab, GINA);
        let made = gina.post(REVIEWS, review(more)).await.expect(201);
        let definition = format!("{REVIEWS}/{}", made.body["id"].as_str().unwrap());
        let instances = gina.get(&format!("{definition}/instances")).await.expect(200);
        let [instance] = instances.items() else { panic!("{}", instances.body) };
        let instance = format!("{definition}/instances/{}", instance["id"].as_str().unwrap());
        Self { definition, instance }
    }

    /// The lines, as gina sees them.
    async fn lines(&self, lab: &Lab) -> Vec<Value> {
        client(lab, GINA).get(&format!("{}/decisions", self.instance)).await.expect(200).items().to_vec()
    }

    async fn line(&self, lab: &Lab, principal: Uuid) -> Value {
        let lines = self.lines(lab).await;
        let found = lines.iter().find(|line| line["principal"]["id"] == principal.to_string());
        found.cloned().unwrap_or_else(|| panic!("nothing about {principal} in {lines:?}"))
    }

    async fn line_path(&self, lab: &Lab, principal: Uuid) -> String {
        format!("{}/decisions/{}", self.instance, self.line(lab, principal).await["id"].as_str().unwrap())
    }

    async fn decide(&self, lab: &Lab, by: Uuid, about: Uuid, decision: &str) -> Answer {
        let path = self.line_path(lab, about).await;
        client(lab, by).patch(&path, json!({"decision": decision, "justification": "because"})).await
    }

    async fn act(&self, lab: &Lab, by: Uuid, action: &str) -> Answer {
        client(lab, by).post(&format!("{}/{action}", self.instance), json!({})).await
    }

    async fn status(&self, lab: &Lab) -> String {
        client(lab, GINA).get(&self.instance).await.expect(200).body["status"].as_str().unwrap().to_owned()
    }
}

/// Who is eligible for Groups Administrator.
async fn eligible(lab: &Lab) -> Vec<String> {
    let path = format!("{ELIGIBILITIES}?$filter=roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'");
    let answer = client(lab, GINA).get(&path).await.expect(200);
    answer.items().iter().map(|item| item["principalId"].as_str().unwrap().to_owned()).collect()
}

const FORTNIGHT: Length = Length::days(14);
