package io.noctule.broker;

import io.noctule.broker.limits.Limits;
import io.noctule.protocol.packet.Connect;

/**
 * Limits of which a test changes what it is about.
 *
 * @param inflightMessages sent and not yet acknowledged
 * @param queuedMessages of one session
 * @param queuedBytes of one session
 * @param totalQueuedBytes of all sessions
 * @param unsentBytes of one connection
 * @param sessionExpirySeconds at most
 */
public record TestLimits(
    int inflightMessages,
    int queuedMessages,
    long queuedBytes,
    long totalQueuedBytes,
    long unsentBytes,
    long sessionExpirySeconds) {
  /** Wide enough never to be met. */
  public static final TestLimits DEFAULT =
      new TestLimits(1024, 100_000, 1L << 30, 1L << 30, 8L << 20, Connect.Properties.NEVER_EXPIRES);

  /** A smaller window. */
  public TestLimits inflight(int messages) {
    return new TestLimits(
        messages, queuedMessages, queuedBytes, totalQueuedBytes, unsentBytes, sessionExpirySeconds);
  }

  /** A shorter queue. */
  public TestLimits queued(int messages, long bytes, long totalBytes) {
    return new TestLimits(
        inflightMessages, messages, bytes, totalBytes, unsentBytes, sessionExpirySeconds);
  }

  /** Shorter sessions. */
  public TestLimits sessionExpiry(long seconds) {
    return new TestLimits(
        inflightMessages, queuedMessages, queuedBytes, totalQueuedBytes, unsentBytes, seconds);
  }

  /** The limits of a broker. */
  public Limits build() {
    return new Limits(
        16 << 20,
        256 * 1024,
        10,
        100_000,
        1024,
        inflightMessages,
        queuedMessages,
        queuedBytes,
        totalQueuedBytes,
        unsentBytes,
        64,
        10_000,
        1_000_000,
        200,
        1_000_000,
        1L << 30,
        sessionExpirySeconds);
  }
}
