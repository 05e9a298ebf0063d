package io.noctule.console.session;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.http.RequestGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /session} and {@code /setup}: log in, log out, and the first login of all. */
public final class SessionRoutes implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);

  /** Characters of a password, at least. */
  public static final int SHORTEST_PASSWORD = 8;

  private static final int LONGEST_TEXT = 1_024;

  /** A password is slow to check on purpose: so many at a time leave the machine to others. */
  private static final int CHECKS_AT_A_TIME = 2;

  private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
  private static final Duration GUESS_WINDOW = Duration.ofMinutes(5);
  private static final int GUESSES_OF_AN_ADDRESS = 10;
  private static final int GUESSES_AT_A_USER = 20;

  private final People people;
  private final Login login;
  private final SetupToken setup;
  private final GuessLimit byAddress;
  private final GuessLimit byUser;
  private final Semaphore checks = new Semaphore(CHECKS_AT_A_TIME);
  private final ReentrantLock settingUp = new ReentrantLock();

  /**
   * The routes.
   *
   * @param nanos the time that passes, as {@link System#nanoTime}
   */
  public SessionRoutes(People people, Login login, SetupToken setup, LongSupplier nanos) {
    this.people = people;
    this.login = login;
    this.setup = setup;
    byAddress = new GuessLimit(GUESSES_OF_AN_ADDRESS, GUESS_WINDOW, nanos);
    byUser = new GuessLimit(GUESSES_AT_A_USER, GUESS_WINDOW, nanos);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/session", this::show)
        .post("/session", this::logIn)
        .delete("/session", this::logOut)
        .post("/setup", this::setUp);
  }

  private void show(ServerRequest request, ServerResponse response) {
    Person person = login.person(request);
    var body = new LinkedHashMap<String, Object>();
    body.put("user", person.name());
    body.put("admin", person.isAdmin());
    JsonBody.send(response, 200, body);
  }

  private void logIn(ServerRequest request, ServerResponse response) {
    ObjectNode body = JsonBody.read(request, JsonBody.MEDIA_TYPE);
    String user = text(body, "user");
    String password = text(body, "password");
    String address = RequestGuard.addressOf(request.remotePeer()).getHostAddress();
    requirePatience(byAddress.secondsToWait(address));
    requirePatience(byUser.secondsToWait(user));
    Optional<Person> person = check(user, password, RequestGuard.addressOf(request.remotePeer()));
    if (person.isEmpty()) {
      byAddress.failed(address);
      byUser.failed(user);
      LOG.warn("console: a login from {} failed", address);
      throw new ProblemException(
          Problem.of(401, "Login failed", "User and password do not go together.")
              .with("setupRequired", !people.hasAdministrator()));
    }
    byAddress.succeeded(address);
    byUser.succeeded(user);
    login.begin(person.get(), response);
    response.status(204).send();
  }

  private void logOut(ServerRequest request, ServerResponse response) {
    login.end(request, response);
    response.status(204).send();
  }

  private void setUp(ServerRequest request, ServerResponse response) {
    ObjectNode body = JsonBody.read(request, JsonBody.MEDIA_TYPE);
    String token = text(body, "token");
    String user = text(body, "user");
    String password = text(body, "password");
    String address = RequestGuard.addressOf(request.remotePeer()).getHostAddress();
    requirePatience(byAddress.secondsToWait(address));
    settingUp.lock();
    try {
      if (people.hasAdministrator()) {
        throw new ProblemException(
            Problem.of(
                409, "Already set up", "The first login has been made: log in with that user."));
      }
      if (!setup.matches(token)) {
        byAddress.failed(address);
        throw new ProblemException(
            new Problem(
                403,
                "Wrong link",
                "The link is not that of this start: use the newest that the console has printed.",
                "token",
                Map.of()));
      }
      requirePassword(password, user);
      login.begin(create(user, password), response);
    } finally {
      settingUp.unlock();
    }
    LOG.info("console: the first login was made, as {}", user);
    response.status(204).send();
  }

  private static String text(ObjectNode body, String name) {
    String value = JsonBody.text(body, name);
    if (value.length() > LONGEST_TEXT) {
      throw new ProblemException(
          Problem.badValue(
              name,
              "%s must have at most %d characters, had %d."
                  .formatted(name, LONGEST_TEXT, value.length())));
    }
    return value;
  }

  private static void requirePassword(String password, String user) {
    int characters = password.codePointCount(0, password.length());
    if (characters < SHORTEST_PASSWORD) {
      throw new ProblemException(
          Problem.badValue(
              "password",
              "The password must have at least %d characters, had %d."
                  .formatted(SHORTEST_PASSWORD, characters)));
    }
    if (password.equalsIgnoreCase(user)) {
      throw new ProblemException(
          Problem.badValue("password", "The password must be another than the user name."));
    }
  }

  private static void requirePatience(long seconds) {
    if (seconds > 0) {
      throw new ProblemException(
          Problem.of(
                  429,
                  "Too many attempts",
                  "Too many failed logins; try again in %d s.".formatted(seconds))
              .retryAfter(seconds));
    }
  }

  private Optional<Person> check(String user, String password, InetAddress from) {
    if (!checks.tryAcquire()) {
      throw new ProblemException(
          Problem.unavailable("Other logins are being checked; try again in a second.")
              .retryAfter(1));
    }
    try {
      return await(people.authenticate(user, password, from));
    } finally {
      checks.release();
    }
  }

  private Person create(String user, String password) {
    return await(people.createAdministrator(user, password));
  }

  private static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().get(CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException known) {
        throw known;
      }
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new ProblemException(Problem.badValue("user", String.valueOf(refused.getMessage())));
      }
      throw new IllegalStateException("the users cannot be read or changed", e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(
          Problem.unavailable(
              "The password was not checked within %d s.".formatted(CHECK_LIMIT.toSeconds())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("The console is ending."));
    }
  }
}
