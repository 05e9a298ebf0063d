package io.noctule.access.login;

import io.noctule.access.rule.Anonymous;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.Users;
import io.noctule.broker.access.Admission;
import io.noctule.broker.access.Authenticator;
import io.noctule.broker.access.Credentials;
import io.noctule.broker.access.Identity;
import io.noctule.broker.access.Review;
import io.noctule.broker.access.ThisMachine;
import io.noctule.broker.loop.Ticker;
import io.noctule.protocol.packet.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may connect, by users file, certificates and the rule on clients without a name. Any
 * thread.
 *
 * <p>Whoever presents a user name has to prove it, on this machine too; only where there are no
 * users at all nobody can, and the name is left aside.
 */
public final class Logins implements Authenticator, AutoCloseable {
  private static final String BY_CERTIFICATE = "certificate";
  private static final String BY_PROCESS = "process";
  private static final Set<String> DEVICES = Set.of(User.DEVICE);

  private final Supplier<Users> users;
  private final Supplier<Anonymous> anonymous;
  private final ThisMachine machine = new ThisMachine();
  private final PasswordChecks passwords;
  private final OneTimeTokens tokens;
  private final OwnLogin own = new OwnLogin();

  /**
   * Logins by what is in force when somebody comes.
   *
   * @param users in force
   * @param anonymous who may come without a name, in force
   * @param ticker for limits and tokens
   */
  public Logins(Supplier<Users> users, Supplier<Anonymous> anonymous, Ticker ticker) {
    this.users = users;
    this.anonymous = anonymous;
    this.passwords = new PasswordChecks(users, new GuessLimit(ticker), ticker);
    this.tokens = new OneTimeTokens(ticker);
  }

  /** Tokens that take the place of a password once. */
  public OneTimeTokens tokens() {
    return tokens;
  }

  /** What parts of this process log in with. */
  public OwnLogin own() {
    return own;
  }

  /**
   * Checks a password. Does not block; wrong ones count against the address.
   *
   * @param password not changed meanwhile
   * @param from null where not known
   * @return completed now, or on a thread of its own
   */
  public CompletionStage<Verdict> check(String user, byte[] password, @Nullable InetAddress from) {
    return passwords.check(user, password, from);
  }

  /** To be called once other users are in force. */
  public void usersChanged() {
    passwords.usersChanged();
  }

  /** Whether a client is a part of this process, which may do everything. */
  public boolean isOwn(Identity who) {
    return OwnLogin.USER.equals(who.userName()) && who.proof().equals(BY_PROCESS);
  }

  /** A user with its groups as they are now; null where there is none, or it is disabled. */
  public @Nullable Identity identityOf(String user, String clientId) {
    User found = users.get().find(user);
    return found == null || !found.isEnabled() ? null : identity(clientId, found);
  }

  private static Identity identity(String clientId, User user) {
    PasswordHash password = user.password();
    return new Identity(
        clientId, user.name(), user.groups(), password == null ? "" : password.proof());
  }

  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    String user = credentials.userName();
    byte[] password = credentials.password();
    String certificate = credentials.certificateName();
    if (user == null || (user.equals(certificate) && password == null)) {
      return CompletableFuture.completedStage(withoutPassword(credentials, certificate));
    }
    if (password == null) {
      return refusedStage(
          ReasonCode.BAD_USER_NAME_OR_PASSWORD, "user " + user + " comes without a password");
    }
    if (user.equals(OwnLogin.USER) && own.isRight(password)) {
      return CompletableFuture.completedStage(
          new Admission.Granted(
              new Identity(credentials.clientId(), user, Set.of(User.LOCAL), BY_PROCESS)));
    }
    if (users.get().isEmpty() && certificate == null) {
      return CompletableFuture.completedStage(withoutName(credentials));
    }
    if (tokens.redeem(user, password)) {
      return CompletableFuture.completedStage(answer(credentials, user, Verdict.RIGHT));
    }
    InetAddress from =
        credentials.remoteAddress() instanceof InetSocketAddress remote
            ? remote.getAddress()
            : null;
    return check(user, password, from).thenApply(verdict -> answer(credentials, user, verdict));
  }

  private Admission withoutPassword(Credentials credentials, @Nullable String certificate) {
    if (certificate == null) {
      return withoutName(credentials);
    }
    return credentials.isOfForeignPage()
        ? pageRefused()
        : byCertificate(credentials.clientId(), certificate);
  }

  private static Admission pageRefused() {
    return new Admission.Refused(ReasonCode.NOT_AUTHORIZED, Credentials.PAGE_REFUSED);
  }

  private static CompletionStage<Admission> refusedStage(ReasonCode reasonCode, String why) {
    return CompletableFuture.completedStage(
        new Admission.Refused(reasonCode, "unknown user or wrong password", why));
  }

  private Admission answer(Credentials credentials, String user, Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> {
        // Looked up again: the user may have gone while the password was checked.
        Identity identity = identityOf(user, credentials.clientId());
        yield identity == null ? wrong(user) : new Admission.Granted(identity);
      }
      case WRONG -> wrong(user);
      case TOO_MANY_WRONG ->
          new Admission.Refused(
              ReasonCode.CONNECTION_RATE_EXCEEDED,
              "too many wrong passwords came from this address; try again later",
              "too many wrong passwords came from this address, that of user "
                  + user
                  + " was not looked at");
      case BUSY ->
          new Admission.Refused(
              ReasonCode.SERVER_BUSY,
              "too many passwords are being checked; try again later",
              "too many passwords wait to be checked, that of user " + user + " was not looked at");
    };
  }

  private Admission wrong(String name) {
    User user = users.get().find(name);
    String why;
    if (user == null) {
      why = "there is no user " + name + "; noctule user add makes one";
    } else if (!user.isEnabled()) {
      why = "user " + name + " is disabled";
    } else {
      why = "wrong password of user " + name;
    }
    return new Admission.Refused(
        ReasonCode.BAD_USER_NAME_OR_PASSWORD, "unknown user or wrong password", why);
  }

  private Admission byCertificate(String clientId, String name) {
    User user = users.get().find(name);
    if (name.startsWith("$") || (user != null && !user.isEnabled())) {
      return new Admission.Refused(
          ReasonCode.NOT_AUTHORIZED, "user " + name + " of the client certificate is not let in");
    }
    return new Admission.Granted(
        new Identity(clientId, name, user == null ? DEVICES : user.groups(), BY_CERTIFICATE));
  }

  private Admission withoutName(Credentials credentials) {
    boolean isPage = credentials.isOfForeignPage();
    boolean isLocal = !isPage && machine.isAt(credentials.remoteAddress());
    String clientId = credentials.clientId();
    return switch (anonymous.get()) {
      case NONE ->
          new Admission.Refused(
              ReasonCode.NOT_AUTHORIZED,
              "clients need a user name and password (anonymous: none in the rules);"
                  + " noctule user add NAME makes a user");
      case LOCAL ->
          isLocal
              ? new Admission.Granted(new Identity(clientId, null, Set.of(User.LOCAL), ""))
              : isPage
                  ? pageRefused()
                  : new Admission.Refused(
                      ReasonCode.NOT_AUTHORIZED,
                      "clients on other machines need a user name and password;"
                          + " noctule user add NAME makes a user");
      case ALL ->
          new Admission.Granted(
              new Identity(clientId, null, Set.of(isLocal ? User.LOCAL : User.ANONYMOUS), ""));
    };
  }

  @Override
  public Review review(Identity identity) {
    String name = identity.userName();
    if (name == null) {
      return reviewAnonymous(identity);
    }
    if (isOwn(identity)) {
      return new Review.Stays(identity);
    }
    if (identity.proof().equals(BY_CERTIFICATE)) {
      return switch (byCertificate(identity.clientId(), name)) {
        case Admission.Granted granted -> new Review.Stays(granted.identity());
        case Admission.Refused refused -> new Review.Disconnected(refused.why());
      };
    }
    User user = users.get().find(name);
    if (user == null) {
      return new Review.Forgotten("user " + name + " was removed");
    }
    if (!user.isEnabled()) {
      return new Review.Disconnected("user " + name + " is disabled");
    }
    Identity now = identity(identity.clientId(), user);
    return now.proof().equals(identity.proof())
        ? new Review.Stays(now)
        : new Review.Disconnected("the password of user " + name + " has changed");
  }

  private Review reviewAnonymous(Identity identity) {
    boolean stays =
        switch (anonymous.get()) {
          case NONE -> false;
          case LOCAL -> identity.groups().contains(User.LOCAL);
          case ALL -> true;
        };
    return stays
        ? new Review.Stays(identity)
        : new Review.Disconnected("clients need a user name and password now");
  }

  @Override
  public void close() {
    passwords.close();
  }
}
