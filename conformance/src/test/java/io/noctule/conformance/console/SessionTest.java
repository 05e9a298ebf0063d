package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.PASSWORD;
import static io.noctule.conformance.console.RunningConsole.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.conformance.console.Browser.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, once and for all times. */
class SessionTest {
  private static final String SESSION = "/api/v1/session";
  private static final String SETUP = "/api/v1/setup";

  @TempDir private Path folder;

  private static String login(String user, String password) {
    return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
  }

  private static String setup(String token, String user, String password) {
    return "{\"token\":\"%s\",\"user\":\"%s\",\"password\":\"%s\"}"
        .formatted(token, user, password);
  }

  private static String token(RunningConsole console) {
    URI link = console.service().setupLink().orElseThrow();
    assertThat(link.toString()).startsWith(console.service().address() + "#/setup?token=");
    return link.toString().replaceFirst(".*token=", "");
  }

  @Test
  void tellsWhoIsLoggedIn() throws Exception {
    try (var console = RunningConsole.start(folder)) {
      Browser browser = console.browser();
      Answer before = browser.get(SESSION);
      assertThat(before.status()).isEqualTo(401);
      assertThat(before.problem().path("setupRequired").asBoolean(true)).isFalse();

      browser.logIn(VIEWER, PASSWORD);
      Answer during = browser.get(SESSION);
      assertThat(during.status()).isEqualTo(200);
      assertThat(during.json().path("user").asString()).isEqualTo(VIEWER);
      assertThat(during.json().path("admin").asBoolean(true)).isFalse();
      assertThat(console.loggedIn(ADMIN).get(SESSION).json().path("admin").asBoolean()).isTrue();

      assertThat(browser.send("DELETE", SESSION, "", "").status()).isEqualTo(204);
      assertThat(browser.get(SESSION).status()).isEqualTo(401);
    }
  }

  @Test
  void givesACookieThatOnlyThisConsoleGetsBack() throws Exception {
    try (var console = RunningConsole.start(folder)) {
      Answer answer = console.browser().post(SESSION, login(ADMIN, PASSWORD));
      assertThat(answer.header("Set-Cookie"))
          .startsWith("noctule-" + console.service().port() + "=")
          .contains("HttpOnly")
          .contains("SameSite=Strict")
          .contains("Path=/")
          .doesNotContain("Domain")
          .doesNotContain("Secure");
      assertThat(answer.header("Set-Cookie").replaceFirst(".*?=([^;]*);.*", "$1")).hasSize(43);
    }
  }

  @Test
  void doesNotTellWhetherUserOrPasswordIsWrong() throws Exception {
    try (var console = RunningConsole.start(folder)) {
      Answer wrongPassword = console.browser().post(SESSION, login(ADMIN, "wrong horse"));
      Answer wrongUser = console.browser().post(SESSION, login("nobody", PASSWORD));
      assertThat(wrongPassword.status()).isEqualTo(401);
      assertThat(wrongPassword.problem()).isEqualTo(wrongUser.problem());
    }
  }

  @Test
  void stopsGuessing() throws Exception {
    try (var console = RunningConsole.start(folder)) {
      Answer answer = console.browser().post(SESSION, login(ADMIN, "guess 0 of many"));
      for (int guess = 1; answer.status() == 401 && guess < 30; guess++) {
        answer = console.browser().post(SESSION, login(ADMIN, "guess %d of many".formatted(guess)));
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.problem().path("retryAfterSeconds").asLong()).isBetween(1L, 300L);
      assertThat(answer.header("Retry-After"))
          .isEqualTo(answer.json().path("retryAfterSeconds").asString());
      // Not even the right one.
      assertThat(console.browser().post(SESSION, login(ADMIN, PASSWORD)).status()).isEqualTo(429);
    }
  }

  @Test
  void makesTheFirstLoginByTheLinkOnce() throws Exception {
    try (var console = RunningConsole.startWithoutUsers(folder)) {
      Browser browser = console.browser();
      assertThat(browser.get(SESSION).problem().path("setupRequired").asBoolean()).isTrue();
      String token = token(console);

      Answer made = browser.post(SETUP, setup(token, "grace", "long enough"));
      assertThat(made.status()).as(made.raw().body()).isEqualTo(204);
      assertThat(browser.get(SESSION).json().path("user").asString()).isEqualTo("grace");
      assertThat(browser.get(SESSION).json().path("admin").asBoolean()).isTrue();
      assertThat(console.service().setupLink()).isEmpty();

      Answer again = console.browser().post(SETUP, setup(token, "mallory", "long enough"));
      assertThat(again.status()).isEqualTo(409);
      again.problem();
    }
  }

  @Test
  void refusesAFirstLoginThatIsNotRight() throws Exception {
    try (var console = RunningConsole.startWithoutUsers(folder)) {
      Browser browser = console.browser();
      String token = token(console);
      Answer wrongToken = browser.post(SETUP, setup("x".repeat(43), "grace", "long enough"));
      assertThat(wrongToken.status()).isEqualTo(403);
      assertThat(wrongToken.problem().path("field").asString()).isEqualTo("token");
      Answer shortPassword = browser.post(SETUP, setup(token, "grace", "1234567"));
      assertThat(shortPassword.status()).isEqualTo(400);
      assertThat(shortPassword.problem().path("field").asString()).isEqualTo("password");
      assertThat(shortPassword.json().path("detail").asString()).contains("8").contains("7");
      Answer name = browser.post(SETUP, setup(token, "grace/hopper", "long enough"));
      assertThat(name.status()).isEqualTo(400);
      assertThat(name.problem().path("field").asString()).isEqualTo("user");
      Answer missing = browser.post(SETUP, "{\"token\":\"x\"}");
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.problem().path("field").asString()).isEqualTo("user");
      assertThat(console.service().setupLink()).isPresent();
    }
  }

  @Test
  void endsTheSessionsOfAUserThatIsRemoved() throws Exception {
    try (var console = RunningConsole.start(folder)) {
      Browser browser = console.loggedIn(VIEWER);
      Path users = folder.resolve("users");
      String others =
          Files.readString(users)
              .lines()
              .filter(line -> !line.startsWith(VIEWER + ":"))
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(users, others);
      await().until(() -> browser.get(SESSION).status() == 401);
    }
  }
}
