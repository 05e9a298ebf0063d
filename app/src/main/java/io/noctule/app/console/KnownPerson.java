package io.noctule.app.console;

import io.noctule.access.Access;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.console.session.Person;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user who has logged in, with the rights of now. */
final class KnownPerson implements Person {
  private final Access access;
  private final String name;
  private final @Nullable PasswordHash password;

  KnownPerson(Access access, User user) {
    this.access = access;
    name = user.name();
    password = user.password();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isAdmin() {
    User user = access.users().find(name);
    return user != null && user.isEnabled() && user.groups().contains(User.ADMIN);
  }

  @Override
  public boolean maySee(String topic) {
    try {
      return access.maySubscribe(name, TopicFilter.of(topic)).isAllowed();
    } catch (IllegalArgumentException _) {
      // A device that calls itself what no topic can be has none to subscribe to.
      return false;
    }
  }

  @Override
  public boolean mayPublish(String topic) {
    try {
      return access.mayPublish(name, TopicName.of(topic)).isAllowed();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Override
  public boolean isValid() {
    User user = access.users().find(name);
    return user != null && user.isEnabled() && Objects.equals(user.password(), password);
  }
}
