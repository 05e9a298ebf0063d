package io.noctule.protocol.codec;

import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Subscribe.Request;
import io.noctule.protocol.packet.Subscribe.RetainHandling;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Packets that a version can carry to a side, any of them, from a seed. */
final class RandomPackets {
  private final RandomValues random;
  private final MqttVersion version;
  private final Side receiver;

  RandomPackets(long seed, MqttVersion version, Side receiver) {
    this.random = new RandomValues(new Random(seed), version);
    this.version = version;
    this.receiver = receiver;
  }

  /** Any packet that may come once the connection is made. */
  Packet next() {
    int types = version.hasProperties() ? 10 : 8;
    return switch (random.below(types)) {
      case 0, 1 -> publish();
      case 2 -> new PubAck(random.packetId(), code(AllowedReasonCodes.PUBACK), properties());
      case 3 -> new PubRec(random.packetId(), code(AllowedReasonCodes.PUBACK), properties());
      case 4 -> new PubRel(random.packetId(), code(AllowedReasonCodes.PUBREL), properties());
      case 5 -> new PubComp(random.packetId(), code(AllowedReasonCodes.PUBREL), properties());
      case 6 -> receiver == Side.SERVER ? subscribe() : subAck();
      case 7 -> receiver == Side.SERVER ? unsubscribeOrPing() : unsubAckOrPing();
      case 8 -> disconnect();
      default -> auth();
    };
  }

  Connect connect() {
    boolean cleanStart = random.nextBoolean();
    boolean mayBeNameless =
        version.hasProperties() || (version == MqttVersion.MQTT_3_1_1 && cleanStart);
    String clientId = mayBeNameless ? random.string() : "c" + random.string();
    String userName = random.nullable(random.string());
    boolean mayHavePassword = userName != null || version.hasProperties();
    return new Connect(
        version,
        clientId,
        cleanStart,
        random.uint16(),
        random.nextBoolean() ? random.will() : null,
        userName,
        mayHavePassword ? random.nullable(random.bytes()) : null,
        version.hasProperties() ? random.connectProperties() : Connect.Properties.DEFAULT);
  }

  ConnAck connAck() {
    ReasonCode code =
        version.hasProperties()
            ? random.oneOf(AllowedReasonCodes.CONNACK)
            : ConnectReturnCode.toReasonCode(random.below(6));
    boolean sessionPresent =
        code == ReasonCode.SUCCESS && version != MqttVersion.MQTT_3_1 && random.nextBoolean();
    return new ConnAck(
        sessionPresent,
        code == null ? ReasonCode.SUCCESS : code,
        version.hasProperties() ? random.connAckProperties() : ConnAck.Properties.DEFAULT);
  }

  private Publish publish() {
    QoS qos = random.qos();
    int alias = version.hasProperties() && random.nextBoolean() ? random.packetId() : 0;
    return new Publish(
        alias != 0 && random.nextBoolean() ? null : random.topicName(),
        alias,
        qos,
        random.nextBoolean(),
        qos != QoS.AT_MOST_ONCE && random.nextBoolean(),
        qos == QoS.AT_MOST_ONCE ? 0 : random.packetId(),
        random.publishProperties(receiver == Side.CLIENT),
        Unpooled.wrappedBuffer(random.bytes()));
  }

  private Subscribe subscribe() {
    return new Subscribe(
        random.packetId(),
        version.hasProperties() && random.nextBoolean() ? random.subscriptionIdentifier() : 0,
        random.userProperties(),
        random.listOfAtLeastOne(this::request));
  }

  private Request request() {
    TopicFilter filter = random.topicFilter();
    if (!version.hasProperties()) {
      return Request.of(filter, random.qos());
    }
    return new Request(
        filter,
        random.qos(),
        !filter.isShared() && random.nextBoolean(),
        random.nextBoolean(),
        RetainHandling.values()[random.below(3)]);
  }

  private Packet unsubscribeOrPing() {
    if (random.below(4) == 0) {
      return PingReq.INSTANCE;
    }
    return new Unsubscribe(
        random.packetId(), random.userProperties(), random.listOfAtLeastOne(random::topicFilter));
  }

  private SubAck subAck() {
    List<ReasonCode> codes =
        random.listOfAtLeastOne(
            () ->
                version.hasProperties()
                    ? random.oneOf(AllowedReasonCodes.SUBACK)
                    : random.oneOf(SubAckDecoder.SUBACK_BEFORE_5));
    return new SubAck(random.packetId(), properties(), codes);
  }

  private Packet unsubAckOrPing() {
    if (random.below(4) == 0) {
      return PingResp.INSTANCE;
    }
    return new UnsubAck(
        random.packetId(),
        properties(),
        version.hasProperties()
            ? random.listOfAtLeastOne(() -> random.oneOf(AllowedReasonCodes.UNSUBACK))
            : List.of());
  }

  private Disconnect disconnect() {
    return new Disconnect(
        random.oneOf(AllowedReasonCodes.disconnect(receiver)),
        receiver == Side.SERVER ? random.nullable(random.uint32()) : null,
        random.nullable(random.string()),
        random.userProperties(),
        random.nullable(random.string()));
  }

  private Auth auth() {
    return new Auth(
        random.oneOf(AllowedReasonCodes.auth(receiver)),
        random.string(),
        random.nullable(random.bytes()),
        random.nullable(random.string()),
        random.userProperties());
  }

  private ReasonCode code(Set<ReasonCode> allowed) {
    return version.hasProperties() ? random.oneOf(allowed) : ReasonCode.SUCCESS;
  }

  private ReasonProperties properties() {
    return version.hasProperties() && random.nextBoolean()
        ? new ReasonProperties(random.nullable(random.string()), random.userProperties())
        : ReasonProperties.NONE;
  }
}
