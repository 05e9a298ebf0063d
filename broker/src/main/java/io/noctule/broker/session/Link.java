package io.noctule.broker.session;

import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import java.util.List;

/** The connection that a session is attached to, as the session sees it. On the session's loop. */
public interface Link {
  /**
   * Whether the client reads fast enough for QoS 1 and 2 messages and retained ones to be sent
   * rather than held.
   */
  boolean isWritable();

  /** QoS 1 and 2 messages that the client takes at once unacknowledged, 1 to 65,535. */
  int receiveMaximum();

  /**
   * Sends a message.
   *
   * @param packetId 0 at QoS 0
   * @return false where the packet is larger than the client accepts and was not sent
   *     [MQTT-3.1.2-24]
   */
  boolean sendPublish(
      Publication publication,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      List<Integer> subscriptionIdentifiers);

  /** Sends the second half of a QoS 2 delivery. */
  void sendPubRel(int packetId, ReasonCode reasonCode);

  /** Closes the connection with a reason; the session has let go of it already. */
  void close(ReasonCode reasonCode, String why);
}
