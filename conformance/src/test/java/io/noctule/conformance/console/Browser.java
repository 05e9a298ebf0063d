package io.noctule.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser does: keeps cookies and tells where its requests come from. */
final class Browser {
  static final JsonMapper JSON = new JsonMapper();
  static final String MERGE_PATCH = "application/merge-patch+json";

  private final URI address;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client;

  Browser(URI address) {
    this.address = address;
    client = builder().build();
  }

  /** One that believes the certificates of a context. */
  Browser(URI address, SSLContext context) {
    this.address = address;
    client = builder().sslContext(context).build();
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(cookies)
        .connectTimeout(Duration.ofSeconds(10));
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param json null where the body is something else
   * @param raw all of it
   */
  record Answer(int status, JsonNode json, HttpResponse<String> raw) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    /** The answer, which must be a problem. */
    JsonNode problem() {
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(json.path("status").asInt()).isEqualTo(status);
      assertThat(json.path("title").asString()).isNotEmpty();
      assertThat(json.path("detail").asString()).isNotEmpty();
      assertThat(raw.body()).doesNotContain("Exception").doesNotContain("io.noctule");
      return json;
    }
  }

  HttpClient client() {
    return client;
  }

  URI address() {
    return address;
  }

  Answer get(String path) throws Exception {
    return send("GET", path, "", "");
  }

  Answer post(String path, String json) throws Exception {
    return send("POST", path, "application/json", json);
  }

  Answer patch(String path, String json) throws Exception {
    return send("PATCH", path, MERGE_PATCH, json);
  }

  Answer send(String method, String path, String type, String body) throws Exception {
    HttpRequest.Builder request = request(path);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    request.header("Origin", origin());
    request.method(
        method, type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return send(request);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").contains("json")
            && !response.body().isEmpty();
    return new Answer(
        response.statusCode(),
        isJson ? JSON.readTree(response.body()) : JSON.missingNode(),
        response);
  }

  /** The origin of the console's own pages. */
  String origin() {
    return address.getScheme() + "://" + address.getAuthority();
  }

  void logIn(String user, String password) throws Exception {
    Answer answer =
        post("/api/v1/session", "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password));
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(204);
  }
}
