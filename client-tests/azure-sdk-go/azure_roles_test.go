package azuresdkgo

import (
	"errors"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
)

const (
	contributor = "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
	aRequest    = "5c1d9c8e-2f5b-4b0e-9d53-0f2f8f6e4a01"
	another     = "5c1d9c8e-2f5b-4b0e-9d53-0f2f8f6e4a02"
)

// activation is Alice's request for that long.
func (it *tenant) activation(duration string) armauthorization.RoleAssignmentScheduleRequest {
	return armauthorization.RoleAssignmentScheduleRequest{Properties: &armauthorization.RoleAssignmentScheduleRequestProperties{
		RequestType:      to.Ptr(armauthorization.RequestTypeSelfActivate),
		PrincipalID:      to.Ptr(it.Users["alice"].ID),
		RoleDefinitionID: to.Ptr(it.Subscriptions["prod"].Path + contributor),
		Justification:    to.Ptr("Ticket 4711: the site is down"),
		ScheduleInfo: &armauthorization.RoleAssignmentScheduleRequestPropertiesScheduleInfo{
			Expiration: &armauthorization.RoleAssignmentScheduleRequestPropertiesScheduleInfoExpiration{
				Type:     to.Ptr(armauthorization.TypeAfterDuration),
				Duration: to.Ptr(duration),
			},
		},
	}}
}

// active is what the caller has there now.
func active(t *testing.T, roles *armauthorization.ClientFactory, scope string) []*armauthorization.RoleAssignmentScheduleInstance {
	t.Helper()
	var found []*armauthorization.RoleAssignmentScheduleInstance
	pages := roles.NewRoleAssignmentScheduleInstancesClient().NewListForScopePager(scope,
		&armauthorization.RoleAssignmentScheduleInstancesClientListForScopeOptions{Filter: to.Ptr("asTarget()")})
	for pages.More() {
		page, err := pages.NextPage(t.Context())
		must(t, err)
		found = append(found, page.Value...)
	}
	return found
}

func TestAzureRoles(t *testing.T) {
	t.Run("what is eligible is activated and ends by itself", func(t *testing.T) {
		tenant := makeTenant(t)
		web, roles := tenant.ResourceGroups["prod/web"].Path, tenant.roles(t, "alice")
		eligible, err := roles.NewRoleEligibilityScheduleInstancesClient().NewListForScopePager("",
			&armauthorization.RoleEligibilityScheduleInstancesClientListForScopeOptions{Filter: to.Ptr("asTarget()")}).NextPage(t.Context())
		must(t, err)
		if len(eligible.Value) != 1 || *eligible.Value[0].Properties.Scope != web {
			t.Fatal(eligible.Value)
		}
		asked, err := roles.NewRoleAssignmentScheduleRequestsClient().Create(t.Context(), web, aRequest, tenant.activation("PT2H"), nil)
		must(t, err)
		if *asked.Properties.Status != armauthorization.StatusProvisioned || *asked.Name != aRequest {
			t.Fatal(*asked.Properties.Status)
		}
		mine := active(t, roles, web)
		if len(mine) != 1 || *mine[0].Properties.AssignmentType != armauthorization.AssignmentTypeActivated {
			t.Fatal(mine)
		}
		if lasts := mine[0].Properties.EndDateTime.Sub(*mine[0].Properties.StartDateTime); lasts != 2*time.Hour {
			t.Fatal(lasts)
		}
		tenant.advance(t, "PT2H")
		if left := active(t, roles, web); len(left) != 0 {
			t.Fatal(left)
		}
	})
	t.Run("whether a request would do is asked without making one", func(t *testing.T) {
		tenant := makeTenant(t)
		web, roles := tenant.ResourceGroups["prod/web"].Path, tenant.roles(t, "alice")
		verdict, err := roles.NewRoleAssignmentScheduleRequestsClient().Validate(t.Context(), web, aRequest, tenant.activation("PT2H"), nil)
		must(t, err)
		if *verdict.Properties.Status != armauthorization.StatusGranted {
			t.Fatal(*verdict.Properties.Status)
		}
		if mine := active(t, roles, web); len(mine) != 0 {
			t.Fatal(mine)
		}
	})
}

func TestRefusals(t *testing.T) {
	refused := func(t *testing.T, err error, status int, code string) {
		t.Helper()
		var refusal *azcore.ResponseError
		if !errors.As(err, &refusal) || refusal.StatusCode != status || refusal.ErrorCode != code {
			t.Fatal(err)
		}
	}
	t.Run("what is active is not activated again", func(t *testing.T) {
		tenant := makeTenant(t)
		web, requests := tenant.ResourceGroups["prod/web"].Path, tenant.roles(t, "alice").NewRoleAssignmentScheduleRequestsClient()
		_, err := requests.Create(t.Context(), web, aRequest, tenant.activation("PT2H"), nil)
		must(t, err)
		_, err = requests.Create(t.Context(), web, another, tenant.activation("PT2H"), nil)
		refused(t, err, 400, "RoleAssignmentExists")
	})
	t.Run("an activation longer than the policy allows is refused", func(t *testing.T) {
		tenant := makeTenant(t)
		web, roles := tenant.ResourceGroups["prod/web"].Path, tenant.roles(t, "alice")
		_, err := roles.NewRoleAssignmentScheduleRequestsClient().Create(t.Context(), web, aRequest, tenant.activation("PT23H"), nil)
		refused(t, err, 400, "RoleAssignmentRequestPolicyValidationFailed")
		if mine := active(t, roles, web); len(mine) != 0 {
			t.Fatal(mine)
		}
	})
}
