package io.noctule.broker.session;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The packet ids of the QoS 2 messages that have come from a client and await their PUBREL. Owned
 * by the session's loop; takes no memory while there are none. Bounded by the receive maximum.
 */
public final class IncomingPacketIds {
  private @Nullable BitSet ids;
  private int count;

  IncomingPacketIds() {}

  /** Whether a message with this packet id has come and was not released [MQTT-4.3.3-10]. */
  public boolean contains(int packetId) {
    return ids != null && ids.get(packetId);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Remembers a packet id that is not there yet. */
  public void add(int packetId) {
    if (ids == null) {
      ids = new BitSet();
    }
    ids.set(packetId);
    count++;
  }

  /**
   * Forgets a packet id.
   *
   * @return whether it was there
   */
  public boolean remove(int packetId) {
    if (ids == null || !ids.get(packetId)) {
      return false;
    }
    ids.clear(packetId);
    count--;
    return true;
  }
}
