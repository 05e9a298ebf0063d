package io.noctule.console.session;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who may log in. Any thread. */
public interface People {
  /**
   * Checks a password. Takes its time on purpose; the caller bounds how many are checked at once.
   *
   * @param from where the person is, since too many wrong passwords from there are looked at no
   *     more
   * @return completed on any thread; empty where user and password do not go together, without
   *     telling which is wrong; fails with a {@link io.noctule.console.http.ProblemException} where
   *     it was not looked at
   */
  CompletionStage<Optional<Person>> authenticate(String user, String password, InetAddress from);

  /** Whether there is an administrator, so that the first login has been made. */
  boolean hasAdministrator();

  /**
   * Makes the first administrator and keeps it.
   *
   * @return completed on any thread; fails with an {@link IllegalArgumentException} whose message
   *     is for the person where the name cannot be a user's, is taken, or there is an administrator
   *     already
   */
  CompletionStage<Person> createAdministrator(String user, String password);
}
