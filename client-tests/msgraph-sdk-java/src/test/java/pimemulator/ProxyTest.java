package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same clients with nothing but their surroundings changed: the proxy and the trust store. */
class ProxyTest {
    @Test
    void anApplicationReadsTheDirectory() throws IOException, InterruptedException {
        try (var tenant = Tenant.contoso()) {
            var secret = Map.of("AZURE_CLIENT_ID", tenant.clientId("ci-app"), "AZURE_CLIENT_SECRET", "local-only");
            var program = start(tenant, secret, "application");
            var names = program.inputReader().lines().toList();
            assertTrue(names.containsAll(List.of("Alice Archer", "Bob Baker")), names::toString);
            endsWell(program);
        }
    }

    @Test
    void aPersonSignsInByDeviceCode() throws IOException, InterruptedException {
        try (var tenant = Tenant.contoso()) {
            var program = start(tenant, Map.of(), "person");
            var output = program.inputReader();
            Emulator.approveDeviceCode(output.readLine(), "alice");
            assertEquals(List.of("Alice Archer"), output.lines().toList());
            endsWell(program);
        }
    }

    private static Process start(Tenant tenant, Map<String, String> environment, String kind) throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djavax.net.ssl.trustStore=" + System.getProperty("javax.net.ssl.trustStore"),
                "-Djavax.net.ssl.trustStorePassword=" + System.getProperty("javax.net.ssl.trustStorePassword"),
                // For the SDK, which goes by the JDK; azure-identity goes by the environment.
                "-Dhttps.proxyHost=" + Emulator.PROXY.getHost(),
                "-Dhttps.proxyPort=" + Emulator.PROXY.getPort(),
                ThroughTheProxy.class.getName(),
                kind);
        builder.environment().put("HTTPS_PROXY", Emulator.PROXY.toString());
        builder.environment().put("AZURE_TENANT_ID", tenant.id);
        builder.environment().putAll(environment);
        return builder.redirectError(Redirect.INHERIT).start();
    }

    private static void endsWell(Process program) throws InterruptedException {
        assertTrue(program.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, program.exitValue());
    }
}
