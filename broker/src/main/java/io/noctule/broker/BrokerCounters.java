package io.noctule.broker;

import io.noctule.broker.loop.Counter;

/**
 * A snapshot of the broker's counters, each loop's taken at a moment of its own.
 *
 * @param counts in the order of {@link Counter}
 * @param sessions connected or not
 * @param subscriptions of all sessions
 * @param retainedMessages kept
 */
@SuppressWarnings("ArrayRecordComponent") // Made for this record alone and read through count().
public record BrokerCounters(long[] counts, int sessions, int subscriptions, int retainedMessages) {
  /** The value of one counter. */
  public long count(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Clients connected now. */
  public long clientsConnected() {
    return count(Counter.CLIENTS_ACCEPTED) - count(Counter.CLIENTS_GONE);
  }
}
