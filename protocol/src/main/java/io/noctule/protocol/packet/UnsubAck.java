package io.noctule.protocol.packet;

import java.util.List;

/**
 * Answers an {@link Unsubscribe} (MQTT 5.0, section 3.11).
 *
 * @param packetId the request's
 * @param properties reason string and user properties
 * @param reasonCodes one a filter, in the request's order; not sent before MQTT 5.0, and empty when
 *     decoded there
 */
public record UnsubAck(int packetId, ReasonProperties properties, List<ReasonCode> reasonCodes)
    implements Packet {
  /** Copies the list. */
  public UnsubAck {
    reasonCodes = List.copyOf(reasonCodes);
  }
}
