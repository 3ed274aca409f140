package pimemulator;

import com.microsoft.graph.models.ExpirationPattern;
import com.microsoft.graph.models.ExpirationPatternType;
import com.microsoft.graph.models.RequestSchedule;
import com.microsoft.graph.models.UnifiedRoleAssignmentScheduleInstance;
import com.microsoft.graph.models.UnifiedRoleAssignmentScheduleRequest;
import com.microsoft.graph.models.UnifiedRoleEligibilityScheduleRequest;
import com.microsoft.graph.models.UnifiedRoleScheduleRequestActions;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.PeriodAndDuration;
import java.util.List;

/** Requests to PIM, as somebody would write them with the SDK's own classes. */
final class Pim {
    static final String GROUPS_ADMINISTRATOR = "fdd7a751-b60b-444a-984c-02652fe8fa1c";

    private Pim() {}

    static UnifiedRoleAssignmentScheduleRequest activate(String principal) {
        var request = selfService(principal, UnifiedRoleScheduleRequestActions.SelfActivate);
        request.setJustification("Ticket 4711: rename a group");
        request.setScheduleInfo(lasting("PT2H"));
        return request;
    }

    static UnifiedRoleAssignmentScheduleRequest deactivate(String principal) {
        return selfService(principal, UnifiedRoleScheduleRequestActions.SelfDeactivate);
    }

    static UnifiedRoleEligibilityScheduleRequest makeEligible(String principal) {
        var request = new UnifiedRoleEligibilityScheduleRequest();
        request.setAction(UnifiedRoleScheduleRequestActions.AdminAssign);
        request.setPrincipalId(principal);
        request.setRoleDefinitionId(GROUPS_ADMINISTRATOR);
        request.setDirectoryScopeId("/");
        request.setJustification("Second line support");
        request.setScheduleInfo(lasting("P90D"));
        return request;
    }

    /** A schedule that begins at once and lasts for that ISO 8601 duration. */
    static RequestSchedule lasting(String duration) {
        var expiration = new ExpirationPattern();
        expiration.setType(ExpirationPatternType.AfterDuration);
        expiration.setDuration(PeriodAndDuration.parse(duration));
        var schedule = new RequestSchedule();
        schedule.setExpiration(expiration);
        return schedule;
    }

    static UnifiedRoleAssignmentScheduleRequest send(
            GraphServiceClient client, UnifiedRoleAssignmentScheduleRequest request) {
        return client.roleManagement().directory().roleAssignmentScheduleRequests().post(request);
    }

    static UnifiedRoleAssignmentScheduleRequest find(GraphServiceClient client, String id) {
        return client.roleManagement()
                .directory()
                .roleAssignmentScheduleRequests()
                .byUnifiedRoleAssignmentScheduleRequestId(id)
                .get();
    }

    /** Where the caller is active now. */
    static List<UnifiedRoleAssignmentScheduleInstance> active(GraphServiceClient client) {
        return client.roleManagement()
                .directory()
                .roleAssignmentScheduleInstances()
                .filterByCurrentUserWithOn("principal")
                .get()
                .getValue();
    }

    private static UnifiedRoleAssignmentScheduleRequest selfService(
            String principal, UnifiedRoleScheduleRequestActions action) {
        var request = new UnifiedRoleAssignmentScheduleRequest();
        request.setAction(action);
        request.setPrincipalId(principal);
        request.setRoleDefinitionId(GROUPS_ADMINISTRATOR);
        request.setDirectoryScopeId("/");
        return request;
    }
}
