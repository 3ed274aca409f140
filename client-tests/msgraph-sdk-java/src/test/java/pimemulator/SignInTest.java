package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Signing in beyond what the other tests do in passing. */
class SignInTest {
    @Test
    void anApplicationSignsInByItsSecret() {
        try (var tenant = Tenant.contoso()) {
            var names = tenant.asApplication().users().get().getValue().stream()
                    .map(user -> user.getDisplayName())
                    .toList();
            assertTrue(names.containsAll(List.of("Alice Archer", "Bob Baker")), names::toString);
        }
    }

    @Test
    void aWrongSecretDoesNotSignIn() {
        try (var tenant = Tenant.contoso()) {
            var client = tenant.asApplication("wrong");
            var refusal = assertThrows(RuntimeException.class, () -> client.users().get());
            assertTrue(everythingThat(refusal).contains("AADSTS7000215"), () -> everythingThat(refusal));
        }
    }

    @Test
    void aPersonSignsInByDeviceCode() {
        try (var tenant = Tenant.contoso()) {
            var me = tenant.asUser("alice").me().get();
            assertEquals(tenant.user("alice"), me.getId());
            assertEquals("Alice Archer", me.getDisplayName());
        }
    }

    @Test
    void nobodySignsInToATenantThatIsNotThere() {
        var tenant = Tenant.contoso();
        var client = tenant.asApplication();
        tenant.close();
        var refusal = assertThrows(RuntimeException.class, () -> client.users().get());
        assertTrue(everythingThat(refusal).contains("AADSTS90002"), () -> everythingThat(refusal));
    }

    /** What an exception and those behind it say. */
    private static String everythingThat(Throwable refusal) {
        var said = new StringBuilder();
        for (var cause = refusal; cause != null; cause = cause.getCause()) {
            said.append(cause).append('\n');
        }
        return said.toString();
    }
}
