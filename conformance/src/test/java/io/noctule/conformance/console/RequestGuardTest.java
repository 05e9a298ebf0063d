package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.conformance.console.Browser.Answer;
import io.noctule.console.http.RequestGuard;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, whoever sends it. */
class RequestGuardTest {
  private static final String SESSION = "/api/v1/session";

  /** Its body never comes. */
  private static final String UNFINISHED =
      """
      POST /api/v1/session HTTP/1.1\r
      Host: localhost\r
      Upgrade: chat\r
      Content-Type: application/json\r
      Content-Length: 10\r
      \r
      """;

  @TempDir private static Path folder;
  private static RunningConsole console;

  @BeforeAll
  static void start() throws Exception {
    console = RunningConsole.start(folder);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  /** Sends what no well-behaved client would, and reads until the server closes. */
  private static String raw(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), console.service().port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String path, String host) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "127.0.0.1", "[::1]:99", "LOCALHOST"})
  void answersToTheNamesOfThisMachine(String host) throws Exception {
    assertThat(raw(get("/api/v1/openapi.json", host))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1"})
  void refusesToBeCalledOtherwiseOnLoopback(String host) throws Exception {
    assertThat(raw(get("/api/v1/openapi.json", host)))
        .startsWith("HTTP/1.1 421")
        .contains("application/problem+json")
        .contains("--allow-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "x y"})
  void refusesWhatAnotherPageSends(String origin) throws Exception {
    Browser browser = console.loggedIn(ADMIN);
    Answer answer = browser.send(browser.request(SESSION).header("Origin", origin).DELETE());
    assertThat(answer.status()).isEqualTo(403);
    answer.problem();
    assertThat(browser.get(SESSION).status()).as("still logged in").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 204", "none, 204"})
  void believesTheBrowserAboutWhereARequestComesFrom(String site, int status) throws Exception {
    Browser browser = console.browser();
    Answer answer = browser.send(browser.request(SESSION).header("Sec-Fetch-Site", site).DELETE());
    assertThat(answer.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/openapi.json", SESSION, "/api/v1/nothing", "/", "/assets/x.js"})
  void keepsThePageFromRunningWhatIsNotItsOwn(String path) throws Exception {
    Answer answer = console.browser().get(path);
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'self'")
        .contains("connect-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void refusesWhatAFormCanSend(String type) throws Exception {
    Answer answer = console.browser().send("POST", SESSION, type, "{\"user\":\"a\"}");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.problem().path("detail").asString()).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{} {}", "{\"user\":1,\"password\":\"x\"}", "\0"})
  void tellsWhatIsWrongWithABody(String body) throws Exception {
    Answer answer = console.browser().post(SESSION, body);
    assertThat(answer.status()).isEqualTo(400);
    answer.problem();
  }

  @Test
  void refusesDeepNesting() throws Exception {
    Answer answer =
        console.browser().post(SESSION, "{\"user\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
    assertThat(answer.status()).isEqualTo(400);
    answer.problem();
  }

  @Test
  void refusesALargeBody() throws Exception {
    Browser browser = console.browser();
    String large = "{\"user\":\"" + "x".repeat(70_000) + "\"}";
    Answer told = browser.post(SESSION, large);
    assertThat(told.status()).isEqualTo(413);
    told.problem();
    Answer chunked =
        browser.send(
            browser
                .request(SESSION)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
    assertThat(chunked.status()).isEqualTo(413);
  }

  @Test
  void answersWhatIsNotThere() throws Exception {
    Answer answer = console.browser().get("/api/v1/nothing");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem().path("detail").asString()).contains("GET /api/v1/nothing");
    assertThat(console.browser().send("PUT", SESSION, "", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: {LONG}\r\n\r\n"
      })
  void tellsNothingOfItsInside(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), console.service().port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              request.replace("{LONG}", "x".repeat(100_000)).getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.UTF_8)).matches("(HTTP/1.1 (4|2)..)?.*");
    }
    assertThat(console.browser().get("/api/v1/openapi.json").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/page/index.html.br/../x.js",
        "/io/noctule/console/ConsoleService.class",
        "/assets/.hidden.js"
      })
  void servesNothingButThePage(String path) throws Exception {
    String answer = raw(get(path, "localhost"));
    assertThat(answer).doesNotContain("root:").matches("(?s)HTTP/1.1 (4..|503|200).*");
    if (answer.startsWith("HTTP/1.1 200")) {
      assertThat(answer).contains("<!doctype html>");
    }
  }

  /** A request is one whatever it would like to become; only relays have a bound of their own. */
  @Test
  void anUpgradeToNothingCountsAsARequest() throws Exception {
    List<Socket> unfinished = new ArrayList<>();
    try {
      for (int i = 0; i < RequestGuard.MOST_REQUESTS; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), console.service().port());
        unfinished.add(socket);
        socket.getOutputStream().write(UNFINISHED.getBytes(StandardCharsets.ISO_8859_1));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(raw(get("/api/v1/openapi.json", "localhost")))
                      .startsWith("HTTP/1.1 503"));
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
    await()
        .untilAsserted(
            () ->
                assertThat(raw(get("/api/v1/openapi.json", "localhost")))
                    .startsWith("HTTP/1.1 200"));
  }
}
