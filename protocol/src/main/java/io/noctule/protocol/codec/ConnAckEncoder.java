package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;

/** CONNACK (MQTT 5.0, section 3.2). */
final class ConnAckEncoder {
  private ConnAckEncoder() {}

  static void encode(ConnAck packet, MqttVersion version, ByteBuf out) {
    boolean sessionPresent =
        packet.sessionPresent() && version != MqttVersion.MQTT_3_1; // There reserved.
    int flags = sessionPresent ? 1 : 0;
    if (!version.hasProperties()) {
      FieldWriter.start(out, PacketType.CONNACK, 2);
      out.writeByte(flags);
      out.writeByte(ConnectReturnCode.of(packet.reasonCode()));
      return;
    }
    int measured = PropertyWriter.measure(writer -> list(packet.properties(), writer));
    FieldWriter.start(out, PacketType.CONNACK, 2 + PropertyWriter.blockLength(measured));
    out.writeByte(flags);
    out.writeByte(packet.reasonCode().value());
    PropertyWriter.write(out, measured, writer -> list(packet.properties(), writer));
  }

  /** The properties of section 3.2.2.3, each unless it is what holds without. */
  private static void list(ConnAck.Properties properties, PropertyWriter writer) {
    Long sessionExpirySeconds = properties.sessionExpirySeconds();
    if (sessionExpirySeconds != null) {
      writer.uint32(Property.SESSION_EXPIRY_INTERVAL, sessionExpirySeconds);
    }
    ConnAck.Properties unset = ConnAck.Properties.DEFAULT;
    writer.uint16(Property.RECEIVE_MAXIMUM, properties.receiveMaximum(), unset.receiveMaximum());
    if (properties.maximumQos() != QoS.EXACTLY_ONCE) {
      writer.uint8(Property.MAXIMUM_QOS, properties.maximumQos().value());
    }
    writer.flag(Property.RETAIN_AVAILABLE, properties.retainAvailable(), true);
    writer.uint32(
        Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSize(), unset.maximumPacketSize());
    writer.string(Property.ASSIGNED_CLIENT_IDENTIFIER, properties.assignedClientId());
    writer.uint16(Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum(), 0);
    writer.string(Property.REASON_STRING, properties.reasonString());
    writer.userProperties(properties.userProperties());
    writer.flag(
        Property.WILDCARD_SUBSCRIPTION_AVAILABLE, properties.wildcardSubscriptionAvailable(), true);
    writer.flag(
        Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
        properties.subscriptionIdentifiersAvailable(),
        true);
    writer.flag(
        Property.SHARED_SUBSCRIPTION_AVAILABLE, properties.sharedSubscriptionAvailable(), true);
    Integer serverKeepAliveSeconds = properties.serverKeepAliveSeconds();
    if (serverKeepAliveSeconds != null) {
      writer.uint16(Property.SERVER_KEEP_ALIVE, serverKeepAliveSeconds);
    }
    writer.string(Property.RESPONSE_INFORMATION, properties.responseInformation());
    writer.string(Property.SERVER_REFERENCE, properties.serverReference());
    writer.string(Property.AUTHENTICATION_METHOD, properties.authenticationMethod());
    writer.binary(Property.AUTHENTICATION_DATA, properties.authenticationData());
  }
}
