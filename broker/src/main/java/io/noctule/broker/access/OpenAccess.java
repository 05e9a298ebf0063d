package io.noctule.broker.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets everybody in, for a laboratory. */
public final class OpenAccess implements Authenticator {
  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    return CompletableFuture.completedStage(Admission.Granted.INSTANCE);
  }
}
