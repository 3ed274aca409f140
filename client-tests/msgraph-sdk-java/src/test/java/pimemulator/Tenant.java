package pimemulator;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.google.gson.JsonObject;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.net.URI;
import java.util.Map;

/** A tenant for one test, and the ways to sign in to it with azure-identity and the SDK. */
final class Tenant implements AutoCloseable {
    /** "Microsoft Graph Command Line Tools": a public client that every tenant knows. */
    static final String COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    /** Alice is eligible for Groups Administrator; {@code users} adds to the people. */
    static String contoso(String users) {
        return """
                {
                  "tenant": { "displayName": "Contoso", "now": "2026-01-05T08:00:00Z" },
                  "users": [
                    { "name": "alice", "displayName": "Alice Archer", "mfa": true },
                    { "name": "bob", "displayName": "Bob Baker", "mfa": true }%s
                  ],
                  "applications": [
                    { "name": "ci-app", "secret": "local-only",
                      "appRoles": ["RoleManagement.ReadWrite.Directory", "User.Read.All"] }
                  ],
                  "eligible": [ { "principal": "alice", "role": "Groups Administrator", "duration": "P90D" } ]
                }
                """.formatted(users);
    }

    final String id;
    private final JsonObject made;

    private Tenant(JsonObject made) {
        this.made = made;
        this.id = made.get("tenantId").getAsString();
    }

    static Tenant contoso() {
        return of(contoso(""));
    }

    static Tenant of(String world) {
        return new Tenant(Emulator.call("POST", "/tenants", "{\"world\":" + world + "}").getAsJsonObject());
    }

    /** The id of the user of that name in the world. */
    String user(String name) {
        return made.getAsJsonObject("users").getAsJsonObject(name).get("id").getAsString();
    }

    /** The client id of the application of that name in the world. */
    String clientId(String application) {
        return made.getAsJsonObject("applications").getAsJsonObject(application).get("clientId").getAsString();
    }

    GraphServiceClient asApplication() {
        return asApplication("local-only");
    }

    GraphServiceClient asApplication(String secret) {
        return client(new ClientSecretCredentialBuilder()
                .tenantId(id)
                .clientId(clientId("ci-app"))
                .clientSecret(secret)
                .authorityHost(Emulator.URL)
                .disableInstanceDiscovery()
                .build());
    }

    /** Signs in by device code; the code is approved as a person at a browser would. */
    GraphServiceClient asUser(String name) {
        return client(new DeviceCodeCredentialBuilder()
                .tenantId(id)
                .clientId(COMMAND_LINE_CLIENT)
                .authorityHost(Emulator.URL)
                .disableInstanceDiscovery()
                .challengeConsumer(prompt -> Emulator.approveDeviceCode(prompt.getUserCode(), name))
                .build());
    }

    /** The SDK with that credential; the host stands without its port, as in all of Microsoft's SDKs. */
    static GraphServiceClient client(TokenCredential credential) {
        var host = new String[] {URI.create(Emulator.URL).getHost()};
        var client = new GraphServiceClient(
                new AzureIdentityAuthenticationProvider(credential, host, "https://graph.microsoft.com/.default"));
        client.getRequestAdapter().setBaseUrl(Emulator.URL + "/v1.0");
        return client;
    }

    /** Moves the tenant's clock on by an ISO 8601 duration; everything due on the way happens. */
    void advance(String by) {
        Emulator.call("POST", "/tenants/" + id + "/clock/advance", Map.of("by", by));
    }

    @Override
    public void close() {
        Emulator.call("DELETE", "/tenants/" + id, null);
    }
}
