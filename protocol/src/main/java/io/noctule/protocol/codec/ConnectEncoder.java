package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Will;

/** CONNECT (MQTT 5.0, section 3.1). */
final class ConnectEncoder {
  private static final int CLEAN_START_FLAG = 0b0000_0010;
  private static final int WILL_FLAG = 0b0000_0100;
  private static final int WILL_QOS_SHIFT = 3;
  private static final int WILL_RETAIN_FLAG = 0b0010_0000;
  private static final int PASSWORD_FLAG = 0b0100_0000;
  private static final int USER_NAME_FLAG = 0b1000_0000;

  private ConnectEncoder() {}

  static void encode(Connect packet, ByteBuf out) {
    MqttVersion version = packet.version();
    boolean withProperties = version.hasProperties();
    if (packet.password() != null && packet.userName() == null && !withProperties) {
      throw new IllegalArgumentException("a password needs a user name before MQTT 5.0");
    }
    Will will = packet.will();
    int measured = withProperties ? PropertyWriter.measure(w -> list(packet.properties(), w)) : 0;
    int willMeasured =
        withProperties && will != null ? PropertyWriter.measure(w -> list(will, w)) : 0;
    FieldWriter.start(out, PacketType.CONNECT, remainingLength(packet, measured, willMeasured));
    FieldWriter.writeString(out, version.protocolName());
    out.writeByte(version.level());
    out.writeByte(flags(packet));
    out.writeShort(packet.keepAliveSeconds());
    if (withProperties) {
      PropertyWriter.write(out, measured, writer -> list(packet.properties(), writer));
    }
    FieldWriter.writeString(out, packet.clientId()); // The payload's order: [MQTT-3.1.3-1].
    if (will != null) {
      if (withProperties) {
        PropertyWriter.write(out, willMeasured, writer -> list(will, writer));
      }
      FieldWriter.writeString(out, will.topic().text());
      FieldWriter.writeBinary(out, will.payload());
    }
    if (packet.userName() != null) {
      FieldWriter.writeString(out, packet.userName());
    }
    if (packet.password() != null) {
      FieldWriter.writeBinary(out, packet.password());
    }
  }

  private static int remainingLength(Connect packet, int measured, int willMeasured) {
    boolean withProperties = packet.version().hasProperties();
    int fixed = Byte.BYTES + Byte.BYTES + Short.BYTES; // Level, flags and keep alive.
    int length = FieldWriter.stringLength(packet.version().protocolName()) + fixed;
    length += withProperties ? PropertyWriter.blockLength(measured) : 0;
    length += FieldWriter.stringLength(packet.clientId());
    Will will = packet.will();
    if (will != null) {
      length += withProperties ? PropertyWriter.blockLength(willMeasured) : 0;
      length += FieldWriter.stringLength(will.topic().text());
      length += FieldWriter.binaryLength(will.payload());
    }
    String userName = packet.userName();
    length += userName == null ? 0 : FieldWriter.stringLength(userName);
    byte[] password = packet.password();
    return length + (password == null ? 0 : FieldWriter.binaryLength(password));
  }

  private static int flags(Connect packet) {
    int flags = packet.cleanStart() ? CLEAN_START_FLAG : 0;
    Will will = packet.will();
    if (will != null) {
      flags |= WILL_FLAG | (will.qos().value() << WILL_QOS_SHIFT);
      flags |= will.retain() ? WILL_RETAIN_FLAG : 0;
    }
    flags |= packet.password() == null ? 0 : PASSWORD_FLAG;
    flags |= packet.userName() == null ? 0 : USER_NAME_FLAG;
    return flags;
  }

  /** The will properties (section 3.1.3.2). */
  private static void list(Will will, PropertyWriter writer) {
    writer.uint32(Property.WILL_DELAY_INTERVAL, will.delaySeconds(), 0);
    PublishEncoder.list(will.properties(), writer);
  }

  /** The properties of section 3.1.2.11, each unless it is what holds without. */
  private static void list(Connect.Properties properties, PropertyWriter writer) {
    Connect.Properties unset = Connect.Properties.DEFAULT;
    writer.uint32(Property.SESSION_EXPIRY_INTERVAL, properties.sessionExpirySeconds(), 0);
    writer.uint16(Property.RECEIVE_MAXIMUM, properties.receiveMaximum(), unset.receiveMaximum());
    writer.uint32(
        Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSize(), unset.maximumPacketSize());
    writer.uint16(Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum(), 0);
    writer.flag(
        Property.REQUEST_RESPONSE_INFORMATION, properties.requestResponseInformation(), false);
    writer.flag(Property.REQUEST_PROBLEM_INFORMATION, properties.requestProblemInformation(), true);
    writer.userProperties(properties.userProperties());
    writer.string(Property.AUTHENTICATION_METHOD, properties.authenticationMethod());
    writer.binary(Property.AUTHENTICATION_DATA, properties.authenticationData());
  }
}
