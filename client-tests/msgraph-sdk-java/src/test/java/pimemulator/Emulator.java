package pimemulator;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The running emulator, as the file that {@code PIM_EMULATOR_READY_FILE} names describes it, and its control API. */
final class Emulator {
    /** The address over TLS, without a slash at the end: base of Graph, and authority of sign-in. */
    static final String URL;

    /** The address of the proxy, for programs that know nothing but the cloud's own addresses. */
    static final URI PROXY;

    private static final String CONTROL;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Gson JSON = new Gson();

    static {
        try {
            var file = Path.of(System.getenv("PIM_EMULATOR_READY_FILE"));
            var ready = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            URL = withoutSlash(ready.get("url").getAsString());
            PROXY = URI.create(ready.get("proxyUrl").getAsString());
            CONTROL = withoutSlash(ready.get("httpUrl").getAsString()) + "/_emulator";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Emulator() {}

    /** Finishes a device-code sign-in as that user would with a browser. */
    static void approveDeviceCode(String userCode, String user) {
        call("POST", "/device-codes/" + userCode + "/approve", Map.of("user", user, "mfa", true));
    }

    /** One call of the control API: {@code body} becomes JSON, unless it is JSON already or null. */
    static JsonElement call(String method, String path, Object body) {
        var text = body instanceof String json ? json : JSON.toJson(body);
        var request = HttpRequest.newBuilder(URI.create(CONTROL + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? new JsonObject() : JsonParser.parseString(answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
