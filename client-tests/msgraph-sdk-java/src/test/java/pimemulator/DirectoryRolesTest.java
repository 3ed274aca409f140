package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.graph.models.UnifiedRoleAssignmentScheduleRequest;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.PeriodAndDuration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From "make him eligible" to "it ended by itself". */
class DirectoryRolesTest {
    @Test
    void aRoleIsMadeEligibleActivatedAndEndsByItself() {
        try (var tenant = Tenant.contoso()) {
            var bob = tenant.user("bob");
            var made = tenant.asApplication()
                    .roleManagement()
                    .directory()
                    .roleEligibilityScheduleRequests()
                    .post(Pim.makeEligible(bob));
            assertEquals("Provisioned", made.getStatus());
            assertEquals(OffsetDateTime.parse("2026-01-05T08:00:00Z"), made.getCreatedDateTime());

            var his = tenant.asUser("bob");
            var asked = Pim.send(his, Pim.activate(bob));
            assertEquals("Provisioned", asked.getStatus());
            assertEquals(
                    PeriodAndDuration.parse("PT2H"),
                    asked.getScheduleInfo().getExpiration().getDuration());
            assertEquals("Activated", Pim.active(his).get(0).getAssignmentType());
            assertEquals(1, held(tenant, bob));

            tenant.advance("PT2H");
            assertEquals(List.of(), Pim.active(his));
            assertEquals(0, held(tenant, bob));
        }
    }

    @Test
    void anActivationIsEndedByHand() {
        try (var tenant = Tenant.contoso()) {
            var her = tenant.asUser("alice");
            var alice = tenant.user("alice");
            Pim.send(her, Pim.activate(alice));
            var tooSoon = assertThrows(ODataError.class, () -> Pim.send(her, Pim.deactivate(alice)));
            assertEquals("ActiveDurationTooShort", tooSoon.getError().getCode());
            tenant.advance("PT5M");
            assertEquals("Revoked", Pim.send(her, Pim.deactivate(alice)).getStatus());
            assertEquals(List.of(), Pim.active(her));
        }
    }

    @Test
    void aLaterStartIsBookedAndCancelled() {
        try (var tenant = Tenant.contoso()) {
            var her = tenant.asUser("alice");
            var later = Pim.activate(tenant.user("alice"));
            later.getScheduleInfo().setStartDateTime(OffsetDateTime.parse("2026-01-05T10:00:00+01:00"));
            var booked = Pim.send(her, later);
            assertEquals(
                    OffsetDateTime.parse("2026-01-05T09:00:00Z"),
                    booked.getScheduleInfo().getStartDateTime());
            cancel(her, booked);
            assertEquals("Canceled", Pim.find(her, booked.getId()).getStatus());
            tenant.advance("PT1H");
            assertEquals(List.of(), Pim.active(her));
        }
    }

    private static void cancel(GraphServiceClient client, UnifiedRoleAssignmentScheduleRequest request) {
        client.roleManagement()
                .directory()
                .roleAssignmentScheduleRequests()
                .byUnifiedRoleAssignmentScheduleRequestId(request.getId())
                .cancel()
                .post();
    }

    /** How many roles the directory itself says that somebody holds. */
    private static int held(Tenant tenant, String principal) {
        return tenant.asApplication()
                .roleManagement()
                .directory()
                .roleAssignments()
                .get(request -> request.queryParameters.filter = "principalId eq '" + principal + "'")
                .getValue()
                .size();
    }
}
