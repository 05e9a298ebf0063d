package io.noctule.protocol.packet;

import java.util.List;

/**
 * Answers a {@link Subscribe} (MQTT 5.0, section 3.9).
 *
 * @param packetId the request's
 * @param properties reason string and user properties
 * @param reasonCodes one a request, in its order; before MQTT 5.0 the encoder sends each error as
 *     0x80
 */
public record SubAck(int packetId, ReasonProperties properties, List<ReasonCode> reasonCodes)
    implements Packet {
  /** Copies the list. */
  public SubAck {
    reasonCodes = List.copyOf(reasonCodes);
  }
}
