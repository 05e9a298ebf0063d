package io.noctule.console.session;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** Finds the session of a request by its cookie. Any thread. */
public final class Login {
  private final Sessions sessions;
  private final People people;
  private final boolean secure;
  private final String cookie;

  /**
   * The logins of a console.
   *
   * @param port of the console: cookies know hosts only, and two consoles on one host must not log
   *     each other's people out
   * @param secure whether the console speaks HTTPS
   */
  public Login(Sessions sessions, People people, int port, boolean secure) {
    this.sessions = sessions;
    this.people = people;
    this.secure = secure;
    // The prefix has browsers take it from HTTPS alone, for this host and all of its paths.
    this.cookie = (secure ? "__Host-" : "") + "noctule-" + port;
  }

  /** The session that the headers of a request name; empty where none is in force. */
  public Optional<LoginSession> find(Headers headers) {
    return secret(headers).flatMap(sessions::use);
  }

  private Optional<String> secret(Headers headers) {
    if (!headers.contains(HeaderNames.COOKIE)) {
      return Optional.empty();
    }
    for (String line : headers.get(HeaderNames.COOKIE).allValues()) {
      for (String pair : line.split(";", -1)) {
        String stripped = pair.strip();
        if (stripped.startsWith(cookie + "=")) {
          return Optional.of(stripped.substring(cookie.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The session of a request.
   *
   * @throws ProblemException 401 where nobody is logged in
   */
  public LoginSession require(ServerRequest request) {
    return find(request.headers()).orElseThrow(() -> new ProblemException(notLoggedIn()));
  }

  /**
   * Who asks.
   *
   * @throws ProblemException 401 where nobody is logged in
   */
  public Person person(ServerRequest request) {
    return require(request).person();
  }

  /** What those are told who are not logged in. */
  public Problem notLoggedIn() {
    boolean setupRequired = !people.hasAdministrator();
    return Problem.of(
            401,
            "Not logged in",
            setupRequired
                ? "Nobody can log in yet: open the link that the console has printed in its terminal."
                : "Log in first.")
        .with("setupRequired", setupRequired);
  }

  void begin(Person person, ServerResponse response) {
    response.headers().addCookie(cookie(sessions.open(person)).build());
  }

  void end(ServerRequest request, ServerResponse response) {
    secret(request.headers()).ifPresent(sessions::endSession);
    response.headers().addCookie(cookie("").maxAge(Duration.ZERO).build());
  }

  private SetCookie.Builder cookie(String value) {
    return SetCookie.builder(cookie, value)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(SetCookie.SameSite.STRICT);
  }
}
