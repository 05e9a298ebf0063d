package io.noctule.broker.limits;

import io.noctule.protocol.packet.Connect;

/**
 * Every bound of the broker. Immutable, any thread.
 *
 * @param maximumPacketBytes of the largest packet accepted from a client, 1,024 to 268,435,460;
 *     told to MQTT 5 clients
 * @param connectPacketBytes of the largest CONNECT packet, the only one that a stranger can send
 * @param connectTimeoutSeconds from the network connection to a whole CONNECT packet
 * @param connections at once, accepted as clients or not
 * @param receiveMaximum QoS 2 messages of a client awaiting PUBREL, 1 to 65,535; told to MQTT 5
 *     clients
 * @param inflightMessages QoS 1 and 2 messages sent to a client and not yet acknowledged, where the
 *     client does not ask for fewer
 * @param queuedMessages QoS 1 and 2 messages waiting for one session; further ones are dropped and
 *     counted
 * @param queuedBytes of them, estimated in memory
 * @param totalQueuedBytes of all sessions
 * @param unsentBytes waiting for one connection's socket; beyond it QoS 0 messages are dropped and
 *     counted
 * @param topicAliasMaximum per connection, in either direction, 0 to 65,535
 * @param subscriptionsPerSession further ones are refused with "quota exceeded", and so are filters
 *     that together are longer than 256 characters for each of them
 * @param sessions at once, connected or not; further new ones are refused
 * @param topicLevels of a topic name or filter
 * @param retainedMessages in all
 * @param retainedBytes of them, estimated in memory
 * @param sessionExpirySeconds longest time that a session outlives its connection
 */
public record Limits(
    int maximumPacketBytes,
    int connectPacketBytes,
    int connectTimeoutSeconds,
    int connections,
    int receiveMaximum,
    int inflightMessages,
    int queuedMessages,
    long queuedBytes,
    long totalQueuedBytes,
    long unsentBytes,
    int topicAliasMaximum,
    int subscriptionsPerSession,
    int sessions,
    int topicLevels,
    int retainedMessages,
    long retainedBytes,
    long sessionExpirySeconds) {

  private static final int MEBIBYTE = 1 << 20;
  private static final int SMALLEST_PACKET_LIMIT = 1024;
  private static final int LARGEST_PACKET = 268_435_460;
  private static final int HIGHEST_16_BIT = 65_535;
  // Half of all packet ids, so that a free one is always near.
  private static final int MOST_IN_FLIGHT = 32_767;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming field, value and range
   */
  public Limits {
    require("maximumPacketBytes", maximumPacketBytes, SMALLEST_PACKET_LIMIT, LARGEST_PACKET);
    require("connectPacketBytes", connectPacketBytes, SMALLEST_PACKET_LIMIT, LARGEST_PACKET);
    require("connectTimeoutSeconds", connectTimeoutSeconds, 1, HIGHEST_16_BIT);
    require("connections", connections, 1, Integer.MAX_VALUE);
    require("receiveMaximum", receiveMaximum, 1, HIGHEST_16_BIT);
    require("inflightMessages", inflightMessages, 1, MOST_IN_FLIGHT);
    require("queuedMessages", queuedMessages, 0, Integer.MAX_VALUE);
    require("queuedBytes", queuedBytes, 0, Long.MAX_VALUE);
    require("totalQueuedBytes", totalQueuedBytes, 0, Long.MAX_VALUE);
    require("unsentBytes", unsentBytes, SMALLEST_PACKET_LIMIT, Long.MAX_VALUE);
    require("topicAliasMaximum", topicAliasMaximum, 0, HIGHEST_16_BIT);
    require("subscriptionsPerSession", subscriptionsPerSession, 1, Integer.MAX_VALUE);
    require("sessions", sessions, 1, Integer.MAX_VALUE);
    require("topicLevels", topicLevels, 1, HIGHEST_16_BIT + 1);
    require("retainedMessages", retainedMessages, 0, Integer.MAX_VALUE);
    require("retainedBytes", retainedBytes, 0, Long.MAX_VALUE);
    require("sessionExpirySeconds", sessionExpirySeconds, 0, Connect.Properties.NEVER_EXPIRES);
  }

  private static void require(String field, long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, was %d".formatted(field, lowest, highest, value));
    }
  }

  /** The defaults, those in bytes as shares of the heap that this process may have. */
  public static Limits defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    return new Limits(
        16 * MEBIBYTE,
        128 * 1024,
        10,
        100_000,
        1024,
        1024,
        100_000,
        Math.max(4 * MEBIBYTE, Math.min(64 * MEBIBYTE, heap / 16)),
        heap / 4,
        8 * MEBIBYTE,
        64,
        10_000,
        1_000_000,
        200,
        1_000_000,
        heap / 4,
        Connect.Properties.NEVER_EXPIRES);
  }
}
