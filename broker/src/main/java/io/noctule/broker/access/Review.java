package io.noctule.broker.access;

/** What becomes of a client that was let in before users or rules have changed. */
public sealed interface Review {
  /**
   * It stays.
   *
   * @param identity who it is from now on: other groups perhaps
   */
  record Stays(Identity identity) implements Review {}

  /**
   * What it has proven is no longer enough: it has to connect anew. Its session waits for it.
   *
   * @param why for the client and the operator
   */
  record Disconnected(String why) implements Review {}

  /**
   * It is no longer known: connection and session end.
   *
   * @param why for the client and the operator
   */
  record Forgotten(String why) implements Review {}
}
