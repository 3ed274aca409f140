package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.google.gson.JsonObject;
import com.microsoft.graph.models.odataerrors.ODataError;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Errors, mapped to the SDK's own class with everything that they carry. */
class RefusalsTest {
    private static final String NOBODY = "00000000-1111-2222-3333-444444444444";

    @Test
    void anErrorCarriesEverything() {
        try (var tenant = Tenant.contoso()) {
            var requests = tenant.asApplication().roleManagement().directory().roleEligibilityScheduleRequests();
            var refusal = assertThrows(ODataError.class, () -> requests.post(Pim.makeEligible(NOBODY)));
            assertEquals(404, refusal.getResponseStatusCode());
            assertEquals("SubjectNotFound", refusal.getError().getCode());
            assertEquals("The subject is not found.", refusal.getError().getMessage());
            assertNotNull(refusal.getError().getInnerError().getRequestId());
            assertNotNull(refusal.getError().getInnerError().getClientRequestId());
            assertNotNull(refusal.getError().getInnerError().getDate());
        }
    }

    @Test
    void severalRulesFailTogether() {
        try (var tenant = Tenant.contoso()) {
            var tooLong = Pim.activate(tenant.user("alice"));
            tooLong.setScheduleInfo(Pim.lasting("PT23H"));
            tooLong.setJustification(null);
            var her = tenant.asUser("alice");
            var refusal = assertThrows(ODataError.class, () -> Pim.send(her, tooLong));
            assertEquals(400, refusal.getResponseStatusCode());
            assertEquals(
                    "RoleAssignmentRequestPolicyValidationFailed", refusal.getError().getCode());
            assertEquals(
                    "The following policy rules failed: [\"ExpirationRule\",\"JustificationRule\"]",
                    refusal.getError().getMessage());
        }
    }

    @Test
    void withoutEligibilityThereIsNothingToActivate() {
        try (var tenant = Tenant.contoso()) {
            var his = tenant.asUser("bob");
            var refusal = assertThrows(ODataError.class, () -> Pim.send(his, Pim.activate(tenant.user("bob"))));
            assertEquals(400, refusal.getResponseStatusCode());
            assertEquals("RoleAssignmentDoesNotExist", refusal.getError().getCode());
        }
    }

    @Test
    void anExpiredTokenIsRefused() {
        try (var tenant = Tenant.contoso()) {
            JsonObject minted = Emulator.call(
                            "POST", "/tenants/" + tenant.id + "/tokens", Map.of("user", "alice", "lifetime", "-PT5M"))
                    .getAsJsonObject();
            var token = new AccessToken(
                    minted.get("accessToken").getAsString(), OffsetDateTime.now().plusHours(1));
            var client = Tenant.client(scopes -> Mono.just(token));
            var refusal = assertThrows(ODataError.class, () -> client.me().get());
            assertEquals(401, refusal.getResponseStatusCode());
            assertEquals("InvalidAuthenticationToken", refusal.getError().getCode());
            assertTrue(refusal.getError().getMessage().contains("expired"), refusal::getMessage);
        }
    }

    @Test
    void whatIsNotEmulatedSaysSo() {
        try (var tenant = Tenant.contoso()) {
            var client = tenant.asApplication();
            var refusal = assertThrows(ODataError.class, () -> client.security().alertsV2().get());
            assertEquals(501, refusal.getResponseStatusCode());
            assertEquals("NotEmulated", refusal.getError().getCode());
        }
    }
}
