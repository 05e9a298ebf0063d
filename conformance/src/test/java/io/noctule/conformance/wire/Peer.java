package io.noctule.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** A client's side of an MQTT conversation, step by step. For one thread. */
public final class Peer implements AutoCloseable {
  private static final int FIRST_SUBSCRIBE_ID = 60_000;

  private final RawClient network;
  private final Version version;
  // Publications that came between the packets of an earlier one's exchange.
  private final ArrayDeque<Packet> early = new ArrayDeque<>();
  private int lastSubscribeId = FIRST_SUBSCRIBE_ID;

  private Peer(RawClient network, Version version) {
    this.network = network;
    this.version = version;
  }

  /** Opens a network connection; nothing is sent yet. */
  public static Peer open(int port, Version version) {
    return over(RawClient.open(port), version);
  }

  /** A client on a network connection that is there. */
  public static Peer over(RawClient network, Version version) {
    return new Peer(network, version);
  }

  /** The bytes below. */
  public RawClient network() {
    return network;
  }

  /** The version that it speaks. */
  public Version version() {
    return version;
  }

  /** Sends CONNECT and takes CONNACK. */
  public ConnAck connect(Connect connect) {
    network.send(connect.encode(version));
    return nextConnAck();
  }

  /** The next packet, which must be CONNACK. */
  public ConnAck nextConnAck() {
    return ConnAck.read(network.next(), version);
  }

  /**
   * Subscribes to one filter; no other packet may come before SUBACK.
   *
   * @param options the byte behind the filter
   * @return the reason code
   */
  public int subscribe(String filter, int options, Property... properties) {
    network.send(subscribePacket(filter, options, properties));
    Packet packet = network.next();
    assertThat(packet.type()).as("SUBACK expected, came %s", packet).isEqualTo(Packet.SUBACK);
    assertThat(packet.packetId()).isEqualTo(lastSubscribeId);
    List<Integer> codes = packet.reasonCodes(version);
    assertThat(codes).hasSize(1);
    return codes.getFirst();
  }

  /** A SUBSCRIBE packet with the next packet id. */
  public byte[] subscribePacket(String filter, int options, Property... properties) {
    lastSubscribeId++;
    return Bytes.packet(
        0x82,
        Bytes.u16(lastSubscribeId),
        version.isV5() ? Property.block(Arrays.asList(properties)) : new byte[0],
        Bytes.string(filter),
        Bytes.of(options));
  }

  /**
   * Unsubscribes from one filter; no other packet may come before UNSUBACK.
   *
   * @return the reason code; 0 before MQTT 5, which has none
   */
  public int unsubscribe(String filter) {
    lastSubscribeId++;
    network.send(
        Bytes.packet(
            0xA2,
            Bytes.u16(lastSubscribeId),
            version.isV5() ? Bytes.of(0) : new byte[0],
            Bytes.string(filter)));
    Packet packet = network.next();
    assertThat(packet.type()).as("UNSUBACK expected, came %s", packet).isEqualTo(Packet.UNSUBACK);
    assertThat(packet.packetId()).isEqualTo(lastSubscribeId);
    List<Integer> codes = packet.reasonCodes(version);
    assertThat(codes).hasSize(version.isV5() ? 1 : 0);
    return version.isV5() ? codes.getFirst() : 0;
  }

  /** Sends PUBLISH. */
  public void send(Publish publish) {
    network.send(publish.encode(version));
  }

  /** Publishes and takes the acknowledgements that the QoS asks for, none of them an error. */
  public void publish(Publish publish) {
    send(publish);
    switch (publish.qos()) {
      case 0 -> {}
      case 1 -> assertThat(expect(Packet.PUBACK, publish.packetId()).reasonCode()).isLessThan(0x80);
      default -> {
        assertThat(expect(Packet.PUBREC, publish.packetId()).reasonCode()).isLessThan(0x80);
        send(Packet.PUBREL, publish.packetId());
        assertThat(expect(Packet.PUBCOMP, publish.packetId()).reasonCode()).isZero();
      }
    }
  }

  /** Sends an acknowledgement of a type and packet id, with success. */
  public void send(int type, int packetId) {
    int flags = type == Packet.PUBREL ? 2 : 0;
    network.send(Bytes.packet(type << 4 | flags, Bytes.u16(packetId)));
  }

  /** Requires that the next packet is of a type and has a packet id. */
  public Packet expect(int type, int packetId) {
    Packet packet = network.next();
    assertThat(packet.type()).as("type of %s", packet).isEqualTo(type);
    assertThat(packet.packetId()).as("packet id of %s", packet).isEqualTo(packetId);
    return packet;
  }

  /** The next packet, which must be PUBLISH; it is not acknowledged. */
  public Publish nextPublish() {
    return Publish.read(early.isEmpty() ? network.next() : early.remove(), version);
  }

  /**
   * The next publication, after the whole exchange that its QoS asks for; what is published
   * meanwhile is kept for later.
   */
  public Publish receive() {
    Publish publish = nextPublish();
    switch (publish.qos()) {
      case 0 -> {}
      case 1 -> send(Packet.PUBACK, publish.packetId());
      default -> {
        send(Packet.PUBREC, publish.packetId());
        Packet release = network.next();
        while (release.type() == Packet.PUBLISH) {
          early.add(release);
          release = network.next();
        }
        assertThat(release.type()).as("type of %s", release).isEqualTo(Packet.PUBREL);
        assertThat(release.packetId()).isEqualTo(publish.packetId());
        send(Packet.PUBCOMP, publish.packetId());
      }
    }
    return publish;
  }

  /** Requires that the broker has sent nothing and has handled all that was sent to it. */
  public void expectNothingBeforePong() {
    network.send(Bytes.of(0xC0, 0));
    network.expect("d0 00");
  }

  /** Says goodbye in good order. */
  public void disconnect() {
    network.send(Bytes.of(0xE0, 0));
    network.expectClosed();
  }

  /** Says goodbye with a reason code and properties, as MQTT 5 allows. */
  public void disconnect(int reasonCode, Property... properties) {
    network.send(
        Bytes.packet(0xE0, Bytes.of(reasonCode), Property.block(Arrays.asList(properties))));
    network.expectClosed();
  }

  /** Requires that the broker closes, and says why where the version has words for it. */
  public void expectClosedFor(int reasonCode) {
    if (version.isV5()) {
      Packet packet = network.next();
      assertThat(packet.type()).as("DISCONNECT expected, came %s", packet).isEqualTo(14);
      assertThat(packet.body()[0] & 0xFF).as("reason code of %s", packet).isEqualTo(reasonCode);
    }
    network.expectClosed();
  }

  /** Closes the network connection without a word. */
  @Override
  public void close() {
    network.close();
  }
}
