package io.noctule.console.mqtt;

import io.noctule.console.session.Person;

/**
 * As whom the console connects to the broker. Asked for each connection anew, so that the password
 * may be one that is good only once. Any thread; quick.
 */
public interface BrokerCredentials {
  /** The console itself, which sees the topics of all devices and of the broker. */
  Account forConsole();

  /** A person. */
  Account forPerson(Person person);

  /**
   * Whether {@link #forPerson} has the broker know the person, so that it enforces the person's
   * rights. Where not, only administrators get connections.
   */
  boolean personal();

  /** One account for all, beside a broker that does not know our users. */
  static BrokerCredentials shared(Account account) {
    return new BrokerCredentials() {
      @Override
      public Account forConsole() {
        return account;
      }

      @Override
      public Account forPerson(Person person) {
        return account;
      }

      @Override
      public boolean personal() {
        return false;
      }
    };
  }
}
