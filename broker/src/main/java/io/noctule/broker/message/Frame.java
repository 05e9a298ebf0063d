package io.noctule.broker.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One wire form of a publication, encoded once and copied to each subscriber that wants this form.
 * Reused from message to message; belongs to one loop.
 */
public final class Frame {
  private static final int FIRST_CAPACITY = 256;

  private final ByteBuf bytes = Unpooled.directBuffer(FIRST_CAPACITY);
  private @Nullable MqttVersion version;
  private @Nullable QoS qos;
  private boolean retain;
  private List<Integer> subscriptionIdentifiers = List.of();
  private int packetIdOffset;

  boolean isForm(MqttVersion form, QoS formQos, boolean formRetain, List<Integer> identifiers) {
    return qos == formQos
        && retain == formRetain
        && version != null
        && version.hasProperties() == form.hasProperties()
        && subscriptionIdentifiers.equals(identifiers);
  }

  void encode(
      Publication publication,
      PublishProperties properties,
      MqttVersion form,
      QoS formQos,
      boolean formRetain,
      List<Integer> identifiers) {
    version = form;
    qos = formQos;
    retain = formRetain;
    subscriptionIdentifiers = identifiers;
    bytes.clear();
    packetIdOffset =
        PacketEncoder.encodePublish(
            form,
            publication.topic(),
            0,
            formQos,
            formRetain,
            false,
            1,
            properties,
            publication.payload(),
            bytes);
  }

  void release() {
    forget();
    bytes.release();
  }

  void forget() {
    version = null;
    qos = null;
  }

  /** Bytes on the wire. */
  public int length() {
    return bytes.readableBytes();
  }

  /** Appends the frame with a packet id; the caller has made room. */
  public void copyTo(ByteBuf out, int packetId) {
    int start = out.writerIndex();
    out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    if (packetIdOffset >= 0) {
      out.setShort(start + packetIdOffset, packetId);
    }
  }
}
