package io.noctule.broker.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets everybody in, for a laboratory. User names are not looked at, as nobody proves them. */
public final class OpenAccess implements Authenticator {
  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    return CompletableFuture.completedStage(
        new Admission.Granted(Identity.anonymous(credentials.clientId())));
  }
}
