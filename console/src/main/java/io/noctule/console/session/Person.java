package io.noctule.console.session;

/**
 * Somebody who may log in, with the rights of now: the answers follow the rules as they change. Any
 * thread; quick.
 */
public interface Person {
  /** The user name. */
  String name();

  /** Whether the person may do everything. */
  boolean isAdmin();

  /** Whether the person may subscribe to a topic. */
  boolean maySee(String topic);

  /** Whether the person may publish to a topic. */
  boolean mayPublish(String topic);

  /**
   * Whether the login still holds; not once the user was removed or the password changed. Ends the
   * sessions of the person.
   */
  boolean isValid();
}
