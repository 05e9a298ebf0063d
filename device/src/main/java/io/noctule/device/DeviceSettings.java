package io.noctule.device;

import io.noctule.tls.context.ClientTls;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a device is built with, frozen.
 *
 * @param broker where the broker listens
 * @param tls null to connect without
 * @param id the client identifier
 * @param credentials null to connect without
 * @param version MQTT version
 * @param keepAliveSeconds 0 (off) to 65535
 * @param will what the broker publishes where the connection is lost; null for nothing
 * @param sessionExpirySeconds how long the broker keeps the session of a device that is away; 0 for
 *     a clean session
 * @param maxUnsentMessages bound of the {@link Outbox}
 * @param maxUnsentBytes bound of the {@link Outbox}
 * @param random draws the waits between attempts
 * @param timer runs what is due later
 */
record DeviceSettings(
    BrokerAddress broker,
    @Nullable ClientTls tls,
    String id,
    @Nullable Credentials credentials,
    ProtocolVersion version,
    int keepAliveSeconds,
    @Nullable Will will,
    long sessionExpirySeconds,
    int maxUnsentMessages,
    long maxUnsentBytes,
    RandomGenerator random,
    DelayTimer timer) {
  /** The session expiry interval of a session that never expires. */
  static final long NEVER_SECONDS = 0xffff_ffffL;

  static final Duration SOCKET_CONNECT_LIMIT = Duration.ofSeconds(10);
  static final Duration CONNACK_LIMIT = Duration.ofSeconds(10);

  /** Longer: a broker that starts gets all its devices at once, and handshakes take work. */
  static final Duration TLS_HANDSHAKE_LIMIT = Duration.ofSeconds(30);

  /** How long {@link Device#close} waits for messages to be sent. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /** How long the connection must hold before the next wait is short again. */
  static final Duration STABLE_AFTER = Duration.ofSeconds(10);

  /** Messages of QoS 1 and 2 that the broker may send before the first is handled (MQTT 5). */
  static final int RECEIVE_MAXIMUM = 1_000;

  /**
   * Messages of QoS 0 that wait for the call-back thread; what comes beyond is dropped and counted.
   */
  static final int MAX_WAITING_QOS_0 = 1_000;

  /** A larger packet is not sent to this device by an MQTT 5 broker. */
  static final int MAX_RECEIVED_PACKET_BYTES = 16 << 20;

  /** Whether the broker keeps the session while the device is away. */
  boolean persistent() {
    return sessionExpirySeconds > 0;
  }
}
