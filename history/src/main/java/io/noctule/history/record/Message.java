package io.noctule.history.record;

import io.noctule.history.database.Entry;

/**
 * A message on its way into the database.
 *
 * @param entry what is stored
 * @param origin the connection that it came by, which alone may acknowledge it
 */
record Message(Entry entry, BrokerSession origin) {
  private static final int OVERHEAD_BYTES = 400;
  private static final int READING_BYTES = 64;

  /** 0 where there is nothing to acknowledge. */
  int packetId() {
    return entry.delivery().packetId();
  }

  /** About what it holds of the heap; texts are counted at two bytes a character. */
  long heldBytes() {
    Entry.Payload payload = entry.payload();
    boolean kept = payload.text() != null || payload.bytes() != null;
    return OVERHEAD_BYTES
        + (long) entry.readings().size() * READING_BYTES
        + 2L * entry.topic().length()
        + (kept ? 2L * payload.size() : 0);
  }
}
