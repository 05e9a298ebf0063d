package io.noctule.app.console;

import io.noctule.access.Access;
import io.noctule.console.mqtt.Account;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.session.Person;

/**
 * Credentials for the broker of this process, which has the same users: a person's connections come
 * with the person's name and a token that is good once.
 */
public final class OwnBrokerCredentials implements BrokerCredentials {
  private final Access access;

  /** Credentials for a broker that asks the same. */
  public OwnBrokerCredentials(Access access) {
    this.access = access;
  }

  @Override
  public Account forConsole() {
    return new Account(access.ownLogin().userName(), access.ownLogin().password());
  }

  @Override
  public Account forPerson(Person person) {
    return new Account(person.name(), access.tokens().issue(person.name()));
  }

  @Override
  public boolean personal() {
    return true;
  }
}
