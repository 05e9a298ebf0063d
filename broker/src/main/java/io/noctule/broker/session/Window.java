package io.noctule.broker.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages sent to a client and not yet acknowledged, by packet id. Owned by the session's
 * loop. Bound: the caller adds only below its limit.
 *
 * <p>A table indexed by the low bits of the packet id. Ids are given in turn, and one whose place
 * is taken by an old message is skipped, so that adding and removing take no search and no
 * allocation.
 */
final class Window {
  private static final int FIRST_CAPACITY = 8;
  private static final int HIGHEST_PACKET_ID = 65_535;
  private static final int LARGEST_CAPACITY = 131_072;

  private @Nullable InFlight[] places = new InFlight[FIRST_CAPACITY];
  private int size;
  private int lastPacketId;
  private long lastSequence;

  int size() {
    return size;
  }

  /** Gives the message a packet id that is not in use [MQTT-2.2.1-4]. */
  int add(InFlight message) {
    if (size * 2 >= places.length && places.length < LARGEST_CAPACITY) {
      grow();
    }
    int id = lastPacketId;
    do {
      id = id == HIGHEST_PACKET_ID ? 1 : id + 1;
    } while (places[id & (places.length - 1)] != null);
    lastPacketId = id;
    places[id & (places.length - 1)] = message;
    size++;
    message.enterWindow(id, ++lastSequence);
    return id;
  }

  @Nullable InFlight get(int packetId) {
    InFlight message = places[packetId & (places.length - 1)];
    return message != null && message.packetId() == packetId ? message : null;
  }

  void remove(InFlight message) {
    places[message.packetId() & (places.length - 1)] = null;
    size--;
  }

  /** All messages in the order in which they were first sent [MQTT-4.6.0-1]. */
  List<InFlight> inOrder() {
    List<InFlight> all = new ArrayList<>(size);
    for (InFlight message : places) {
      if (message != null) {
        all.add(message);
      }
    }
    all.sort(Comparator.comparingLong(InFlight::sequence));
    return all;
  }

  private void grow() {
    @Nullable InFlight[] larger = new InFlight[places.length * 2];
    // Ids that differ in the low bits of the smaller table differ in those of the larger one.
    for (InFlight message : places) {
      if (message != null) {
        larger[message.packetId() & (larger.length - 1)] = message;
      }
    }
    places = larger;
  }
}
