package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.Gson;
import com.microsoft.graph.models.ApprovalSettings;
import com.microsoft.graph.models.SingleUser;
import com.microsoft.graph.models.UnifiedApprovalStage;
import com.microsoft.graph.models.UnifiedRoleAssignmentScheduleRequest;
import com.microsoft.graph.models.UnifiedRoleManagementPolicyApprovalRule;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two people and a rule: what one asks for, the other decides. */
class ApprovalTest {
    @Test
    void oneAsksAndTheOtherApproves() {
        try (var tenant = Tenant.contoso()) {
            var alice = tenant.user("alice");
            requireApprovalBy(tenant.asApplication(), tenant.user("bob"));
            var her = tenant.asUser("alice");
            var his = tenant.asUser("bob");

            var asked = Pim.send(her, Pim.activate(alice));
            assertEquals("PendingApproval", asked.getStatus());
            assertEquals(asked.getId(), asked.getApprovalId());
            assertNull(asked.getScheduleInfo().getStartDateTime());
            assertEquals(List.of(), Pim.active(her));
            assertEquals(List.of(), waitingFor(her), "nobody decides on what is one's own");
            assertEquals(List.of(asked.getId()), ids(waitingFor(his)));

            var herOwn = assertThrows(ODataError.class, () -> decide(her, asked, "Approve", "I trust myself"));
            assertEquals(403, herOwn.getResponseStatusCode());
            var noReason = assertThrows(ODataError.class, () -> decide(his, asked, "Approve", null));
            assertEquals(400, noReason.getResponseStatusCode());

            tenant.advance("PT30M");
            decide(his, asked, "Approve", "She is on call");
            assertEquals("Provisioned", Pim.find(her, asked.getId()).getStatus());
            var active = Pim.active(her);
            assertEquals(1, active.size());
            assertEquals("Activated", active.get(0).getAssignmentType());
            assertEquals(
                    active.get(0).getStartDateTime().plusHours(2), active.get(0).getEndDateTime());
            var again = assertThrows(ODataError.class, () -> decide(his, asked, "Deny", "On second thoughts"));
            assertEquals(409, again.getResponseStatusCode());

            tenant.advance("PT2H");
            assertEquals(List.of(), Pim.active(her));
        }
    }

    @Test
    void oneAsksAndTheOtherSaysNo() {
        try (var tenant = Tenant.contoso()) {
            requireApprovalBy(tenant.asApplication(), tenant.user("bob"));
            var her = tenant.asUser("alice");
            var asked = Pim.send(her, Pim.activate(tenant.user("alice")));
            decide(tenant.asUser("bob"), asked, "Deny", "Not tonight");
            assertEquals("Denied", Pim.find(her, asked.getId()).getStatus());
            assertEquals(List.of(), Pim.active(her));
        }
    }

    @Test
    void oneAsksAndNobodyAnswers() {
        try (var tenant = Tenant.contoso()) {
            requireApprovalBy(tenant.asApplication(), tenant.user("bob"));
            var her = tenant.asUser("alice");
            var asked = Pim.send(her, Pim.activate(tenant.user("alice")));
            tenant.advance("P1D");
            assertEquals("TimedOut", Pim.find(her, asked.getId()).getStatus());
            assertEquals(List.of(), Pim.active(her));
        }
    }

    /** Activations of Groups Administrator wait for somebody from now on. */
    private static void requireApprovalBy(GraphServiceClient client, String approver) {
        var assignments = client.policies().roleManagementPolicyAssignments().get(request -> {
            request.queryParameters.filter = "scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '"
                    + Pim.GROUPS_ADMINISTRATOR + "'";
            request.queryParameters.expand = new String[] {"policy($expand=rules)"};
        });
        assertEquals(1, assignments.getValue().size());
        var assignment = assignments.getValue().get(0);
        assertEquals(17, assignment.getPolicy().getRules().size());

        var bob = new SingleUser();
        bob.setUserId(approver);
        var stage = new UnifiedApprovalStage();
        stage.setApprovalStageTimeOutInDays(1);
        stage.setIsApproverJustificationRequired(true);
        stage.setPrimaryApprovers(List.of(bob));
        var setting = new ApprovalSettings();
        setting.setIsApprovalRequired(true);
        setting.setApprovalStages(List.of(stage));
        var rule = new UnifiedRoleManagementPolicyApprovalRule();
        rule.setId("Approval_EndUser_Assignment");
        rule.setSetting(setting);
        client.policies()
                .roleManagementPolicies()
                .byUnifiedRoleManagementPolicyId(assignment.getPolicyId())
                .rules()
                .byUnifiedRoleManagementPolicyRuleId(rule.getId())
                .patch(rule);
    }

    /** What the caller is asked to decide. */
    private static List<UnifiedRoleAssignmentScheduleRequest> waitingFor(GraphServiceClient client) {
        return client.roleManagement()
                .directory()
                .roleAssignmentScheduleRequests()
                .filterByCurrentUserWithOn("approver")
                .get(request -> request.queryParameters.filter = "status eq 'PendingApproval'")
                .getValue();
    }

    private static List<String> ids(List<UnifiedRoleAssignmentScheduleRequest> requests) {
        return requests.stream().map(UnifiedRoleAssignmentScheduleRequest::getId).toList();
    }

    /** Approvals of roles are in beta alone, and so without classes in this SDK. */
    private static void decide(
            GraphServiceClient client, UnifiedRoleAssignmentScheduleRequest asked, String result, String reason) {
        var decision = new HashMap<String, String>(Map.of("reviewResult", result));
        if (reason != null) {
            decision.put("justification", reason);
        }
        var request = new RequestInformation();
        request.httpMethod = HttpMethod.PATCH;
        request.setUri(URI.create("%s/beta/roleManagement/directory/roleAssignmentApprovals/%s/steps/%2$s"
                .formatted(Emulator.URL, asked.getApprovalId())));
        request.headers.add("Content-Type", "application/json");
        request.content = new ByteArrayInputStream(new Gson().toJson(decision).getBytes(StandardCharsets.UTF_8));
        var errors = new HashMap<String, ParsableFactory<? extends Parsable>>();
        errors.put("XXX", ODataError::createFromDiscriminatorValue);
        client.getRequestAdapter().sendPrimitive(request, errors, Void.class);
    }
}
