package io.noctule.broker.access;

import java.util.concurrent.CompletionStage;

/** Decides who may connect. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Decides on one client. Called on an event loop: must not block.
   *
   * @return completed now or later, on any thread; a failure counts as a refusal
   */
  CompletionStage<Admission> authenticate(Credentials credentials);

  /**
   * Decides again on a client that was let in earlier. Called on event loops for each client after
   * a change, also for sessions without a connection: must be quick.
   */
  default Review review(Identity identity) {
    return new Review.Stays(identity);
  }
}
