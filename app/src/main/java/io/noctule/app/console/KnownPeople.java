package io.noctule.app.console;

import io.noctule.access.Access;
import io.noctule.access.file.FileFault;
import io.noctule.access.login.Verdict;
import io.noctule.access.user.User;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.session.People;
import io.noctule.console.session.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The users of a data folder as the console's people. Any thread. */
public final class KnownPeople implements People {
  private static final long WAIT_SECONDS = 60;

  private final Access access;

  /** The people of users and rules. */
  public KnownPeople(Access access) {
    this.access = access;
  }

  @Override
  public CompletionStage<Optional<Person>> authenticate(
      String user, String password, InetAddress from) {
    return access
        .check(user, password.getBytes(StandardCharsets.UTF_8), from)
        .thenApply(verdict -> person(user, verdict));
  }

  private Optional<Person> person(String user, Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> Optional.ofNullable(access.users().find(user)).map(this::person);
      case WRONG -> Optional.empty();
      case TOO_MANY_WRONG ->
          throw new ProblemException(
              Problem.of(
                      429,
                      "Too many attempts",
                      "Too many wrong passwords came from your address; try again in a minute.")
                  .retryAfter(WAIT_SECONDS));
      case BUSY ->
          throw new ProblemException(
              Problem.unavailable("Other passwords are being checked; try again in a second.")
                  .retryAfter(1));
    };
  }

  private Person person(User user) {
    return new KnownPerson(access, user);
  }

  @Override
  public boolean hasAdministrator() {
    return access.users().all().stream().anyMatch(KnownPeople::isAdministrator);
  }

  private static boolean isAdministrator(User user) {
    return user.isEnabled() && user.password() != null && user.groups().contains(User.ADMIN);
  }

  @Override
  public CompletionStage<Person> createAdministrator(String user, String password) {
    try {
      access.addUser(user, List.of(User.ADMIN), password.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedStage(e);
    } catch (IOException e) {
      return CompletableFuture.failedStage(new UncheckedIOException(e));
    } catch (FileFault e) {
      return CompletableFuture.failedStage(new IllegalStateException(e.getMessage(), e));
    }
    User added = access.users().find(user);
    return added == null
        ? CompletableFuture.failedStage(
            new IllegalStateException("the user " + user + " was removed at once"))
        : CompletableFuture.completedStage(person(added));
  }
}
