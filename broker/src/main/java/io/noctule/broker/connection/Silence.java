package io.noctule.broker.connection;

import java.util.concurrent.TimeUnit;

/** How long a client has been silent, and whether that is too long. Owned by the loop. */
final class Silence {
  private final long openedNanos;
  private long lastPacketNanos;
  private long limitNanos; // one and a half keep-alive intervals; 0: no keep-alive

  Silence(long nowNanos) {
    openedNanos = nowNanos;
    lastPacketNanos = nowNanos;
  }

  /** The client has been heard. */
  void end(long nowNanos) {
    lastPacketNanos = nowNanos;
  }

  /** The client is connected: from now on its keep-alive counts. */
  void keepAlive(int seconds, long nowNanos) {
    limitNanos = TimeUnit.SECONDS.toNanos(seconds) * 3 / 2; // [MQTT-3.1.2-22]
    lastPacketNanos = nowNanos;
  }

  /** Whether the keep-alive time has passed one and a half times. */
  boolean isTooLong(long nowNanos) {
    return limitNanos > 0 && nowNanos - lastPacketNanos > limitNanos;
  }

  /** Whether the connection is older than some seconds. */
  boolean hasLasted(long seconds, long nowNanos) {
    return nowNanos - openedNanos > TimeUnit.SECONDS.toNanos(seconds);
  }
}
