package io.noctule.access;

import io.noctule.access.file.FileFault;
import io.noctule.access.file.FileWatch;
import io.noctule.access.login.Logins;
import io.noctule.access.login.OneTimeTokens;
import io.noctule.access.login.OwnLogin;
import io.noctule.access.login.Verdict;
import io.noctule.access.rule.Anonymous;
import io.noctule.access.rule.RuleFile;
import io.noctule.access.rule.RuleSet;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.access.user.Users;
import io.noctule.broker.access.Authenticator;
import io.noctule.broker.access.Authorizer;
import io.noctule.broker.access.BrokerTopicsReserved;
import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.Ticker;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users and rules of a data folder, as the broker and others in this process ask them. Any thread.
 *
 * <p>Both files are watched: a change is in force within two seconds. A file that is broken leaves
 * in force what was before, and is told with its line.
 *
 * <pre>{@code
 * Access access = Access.open(folder);
 * Broker broker = Broker.start(BrokerConfig.builder()
 *     .authenticator(access.authenticator()).authorizer(access.authorizer()).build());
 * access.onChange(broker::reviewClients);
 * }</pre>
 */
public final class Access implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  // A change is seen at one look and taken at the next.
  private static final long LOOK_MILLIS = 500;
  private static final Decision OWN =
      Decision.allowed("parts of the program itself may do everything");

  private final UserFile userFile;
  private final RuleFile ruleFile;
  private final FileWatch userWatch;
  private final FileWatch ruleWatch;
  private final Logins logins;
  private final Authorizer authorizer = new InForce();
  private final Collection<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService watching;
  private final ReentrantLock reloading = new ReentrantLock();
  private volatile Users users;
  private volatile RuleSet rules;

  private Access(Path folder) throws IOException, FileFault {
    userFile = new UserFile(folder);
    ruleFile = new RuleFile(folder);
    // Watched from before they are read, so that no change goes unseen.
    userWatch = new FileWatch(userFile.path());
    ruleWatch = new FileWatch(ruleFile.path());
    users = userFile.read();
    rules = ruleFile.read();
    logins = new Logins(() -> users, () -> rules.anonymous(), Ticker.SYSTEM);
    watching =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("noctule-access").factory());
  }

  /**
   * Opens users and rules of a data folder; where a file is not there, nobody or the built-in rules
   * are.
   *
   * @throws IOException where a file cannot be read
   * @throws FileFault naming file and line of what is wrong
   */
  public static Access open(Path folder) throws IOException, FileFault {
    Access access = new Access(folder);
    var _ =
        access.watching.scheduleWithFixedDelay(
            access::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return access;
  }

  /** For the broker: who may connect. */
  public Authenticator authenticator() {
    return logins;
  }

  /** For the broker: who may publish and subscribe to what. */
  public Authorizer authorizer() {
    return authorizer;
  }

  /** Has something run after each change of users or rules, on the thread that brought it about. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The users as they are now. */
  public Users users() {
    return users;
  }

  /** Who may come without a user name, as it is now. */
  public Anonymous anonymous() {
    return rules.anonymous();
  }

  /**
   * Checks a user's password. Does not block; wrong ones count against the address.
   *
   * @param password in UTF-8, not changed meanwhile
   * @param from the address of whoever presents it; null where not known
   * @return completed now, or on a thread of its own
   */
  public CompletionStage<Verdict> check(String user, byte[] password, @Nullable InetAddress from) {
    return logins.check(user, password, from);
  }

  /**
   * Who a user is now, to ask {@link #authorizer} about.
   *
   * @return null where there is no such user, or it is disabled
   */
  public @Nullable Identity identityOf(String user, String clientId) {
    return logins.identityOf(user, clientId);
  }

  /** Whether a user may publish to a topic, as a client whose identifier is the user's name. */
  public Decision mayPublish(String user, TopicName topic) {
    Identity identity = identityOf(user, user);
    return identity == null ? unknown(user) : authorizer.mayPublish(identity, topic);
  }

  /** Whether a user may subscribe to a filter, as a client whose identifier is the user's name. */
  public Decision maySubscribe(String user, TopicFilter filter) {
    Identity identity = identityOf(user, user);
    return identity == null ? unknown(user) : authorizer.maySubscribe(identity, filter);
  }

  private static Decision unknown(String user) {
    return Decision.denied("there is no user " + user + ", or it is disabled");
  }

  /** Tokens that take the place of a user's password once. */
  public OneTimeTokens tokens() {
    return logins.tokens();
  }

  /** What parts of this process log in with. */
  public OwnLogin ownLogin() {
    return logins.own();
  }

  /**
   * Adds a user, in force when this returns. Takes tens of milliseconds: not for an event loop.
   *
   * @param password in UTF-8, 8 to 1024 bytes
   * @throws IllegalArgumentException telling what is wrong with name, groups or password, or that
   *     there is such a user
   * @throws IOException where the file cannot be written
   * @throws FileFault where what is there cannot be read
   */
  public void addUser(String name, Collection<String> groups, byte[] password)
      throws IOException, FileFault {
    User.requirePassword(password);
    User.requireName(name);
    userFile.add(User.of(name, groups, PasswordHash.of(password)));
    reloadUsers();
  }

  private void reloadUsers() throws IOException, FileFault {
    // Read under the lock, so that nobody puts older ones in force after newer ones.
    reloading.lock();
    try {
      users = userFile.read();
    } finally {
      reloading.unlock();
    }
    logins.usersChanged();
    listeners.forEach(Runnable::run);
  }

  private void reloadRules() throws IOException, FileFault {
    rules = ruleFile.read();
    listeners.forEach(Runnable::run);
  }

  /** On the watching thread, which an exception would end. */
  private void look() {
    try {
      boolean usersChanged = hasChanged(userWatch);
      boolean rulesChanged = hasChanged(ruleWatch);
      if (usersChanged) {
        reload(this::reloadUsers, "users");
      }
      if (rulesChanged) {
        reload(this::reloadRules, "rules");
      }
    } catch (RuntimeException e) {
      LOG.error("users and rules could not be looked at", e);
    }
  }

  private static boolean hasChanged(FileWatch watch) {
    try {
      return watch.hasChanged();
    } catch (IOException e) {
      LOG.warn("cannot be looked at: {}", e.toString());
      return false;
    }
  }

  private interface Reload {
    void run() throws IOException, FileFault;
  }

  private static void reload(Reload reload, String what) {
    try {
      reload.run();
      LOG.info("changed {} are in force", what);
    } catch (IOException | FileFault e) {
      LOG.warn("the {} in force stay as they were: {}", what, e.getMessage());
    }
  }

  /** Ends watching; who asks later gets the last answers. */
  @Override
  public void close() {
    watching.shutdownNow();
    logins.close();
  }

  /** The rules in force at each moment. */
  private final class InForce implements Authorizer {
    @Override
    public Decision mayPublish(Identity who, TopicName topic) {
      if (logins.isOwn(who) && !BrokerTopicsReserved.isReserved(topic)) {
        return OWN;
      }
      return rules.mayPublish(who, topic);
    }

    @Override
    public Decision maySubscribe(Identity who, TopicFilter filter) {
      return logins.isOwn(who) ? OWN : rules.maySubscribe(who, filter);
    }
  }
}
