package io.noctule.broker.access;

import io.noctule.broker.loop.Ticker;
import io.noctule.protocol.packet.ReasonCode;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets clients of this machine in, and from elsewhere only clients with a certificate. Any thread.
 */
public final class LocalClientsOnly implements Authenticator {
  /** What clients of this machine, that need no password, belong to. */
  public static final String GROUP = "local";

  private final ThisMachine machine;

  /** Reads the machine's addresses. */
  public LocalClientsOnly() {
    this.machine = new ThisMachine();
  }

  /**
   * For tests: with addresses and time of their own.
   *
   * @param addresses the machine's addresses, asked for now and again
   * @param ticker the time between
   */
  LocalClientsOnly(Supplier<Set<InetAddress>> addresses, Ticker ticker) {
    this.machine = new ThisMachine(addresses, ticker);
  }

  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    return CompletableFuture.completedStage(decide(credentials));
  }

  private Admission decide(Credentials credentials) {
    String clientId = credentials.clientId();
    if (credentials.isOfForeignPage()) {
      return new Admission.Refused(ReasonCode.NOT_AUTHORIZED, Credentials.PAGE_REFUSED);
    }
    if (credentials.certificateName() != null) {
      return new Admission.Granted(
          new Identity(clientId, credentials.certificateName(), Set.of(), ""));
    }
    if (machine.isAt(credentials.remoteAddress())) {
      return new Admission.Granted(new Identity(clientId, null, Set.of(GROUP), ""));
    }
    return new Admission.Refused(
        ReasonCode.NOT_AUTHORIZED,
        "clients on other machines need a password, and this broker has no users;"
            + " noctule user add NAME makes one");
  }
}
