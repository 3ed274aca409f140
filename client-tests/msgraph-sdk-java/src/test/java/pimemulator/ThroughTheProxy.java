package pimemulator;

import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.microsoft.graph.models.User;
import com.microsoft.graph.serviceclient.GraphServiceClient;

/** A program written for the real service. It knows nothing of any emulator: only its surroundings do. */
final class ThroughTheProxy {
    private ThroughTheProxy() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("application")) {
            var client = new GraphServiceClient(new EnvironmentCredentialBuilder().build());
            client.users().get().getValue().stream().map(User::getDisplayName).forEach(System.out::println);
        } else {
            var credential = new DeviceCodeCredentialBuilder()
                    .tenantId(System.getenv("AZURE_TENANT_ID"))
                    .challengeConsumer(prompt -> System.out.println(prompt.getUserCode()))
                    .build();
            System.out.println(new GraphServiceClient(credential).me().get().getDisplayName());
        }
    }
}
