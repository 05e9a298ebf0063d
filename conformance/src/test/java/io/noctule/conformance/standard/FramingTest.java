package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Packets and the network's pieces need not coincide. */
class FramingTest extends BrokerConversation {

  @EachVersion
  void whatIsSentRightBehindConnectIsProcessed(Version version) {
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 0);
    Peer hasty = open(version);

    hasty
        .network()
        .send(
            Connect.as(clientId("hasty")).encode(version),
            Publish.of(topic("a"), "first").encode(version),
            Publish.of(topic("a"), "second").qos(1, 1).encode(version),
            Bytes.hex("c000"));

    assertThat(hasty.nextConnAck().reasonCode()).isZero();
    hasty.expect(Packet.PUBACK, 1);
    hasty.network().expect("d000");
    assertThat(witness.receive().payload()).isEqualTo("first");
    assertThat(witness.receive().payload()).isEqualTo("second");
  }

  /**
   * The session that it takes over may be on any loop, so that the channel moves under the bytes.
   */
  @EachVersion
  void whatIsSentRightBehindConnectIsProcessedAfterATakeoverToo(Version version) {
    Connect kept = Connect.as(clientId("hasty")).persistent();
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 0);
    for (int i = 0; i < 40; i++) {
      Peer hasty = open(version);
      hasty
          .network()
          .send(
              kept.encode(version),
              Publish.of(topic("a"), "first " + i).encode(version),
              Publish.of(topic("a"), "second " + i).qos(1, 1).encode(version));
      assertThat(hasty.nextConnAck().reasonCode()).isZero();
      hasty.expect(Packet.PUBACK, 1);
      assertThat(witness.receive().payload()).isEqualTo("first " + i);
      assertThat(witness.receive().payload()).isEqualTo("second " + i);
    }
  }

  /** A client that is in a hurry: all at once, then the end, while its session is handed over. */
  @EachVersion
  void whatIsSentBeforeTheEndIsProcessedHoweverSoonTheEndComes(Version version) {
    Connect kept = Connect.as(clientId("hasty")).persistent();
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 0);
    int messages = 300;
    for (int i = 0; i < 20; i++) {
      byte[][] packets = new byte[messages + 2][];
      packets[0] = kept.encode(version);
      for (int message = 1; message <= messages; message++) {
        packets[message] = Publish.of(topic("a"), message + "x".repeat(2000)).encode(version);
      }
      packets[messages + 1] = Bytes.of(0xE0, 0);
      Peer hasty = open(version);
      hasty.network().sendAndEnd(packets);
      for (int message = 1; message <= messages; message++) {
        assertThat(witness.receive().payload()).startsWith(message + "x");
      }
    }
  }

  @EachVersion
  void eachByteMayComeAlone(Version version) {
    Peer slow = open(version);

    slow.network().sendByteByByte(Connect.as(clientId("slow")).encode(version));
    assertThat(slow.nextConnAck().reasonCode()).isZero();
    slow.network().sendByteByByte(slow.subscribePacket(topic("a"), 2));
    assertThat(slow.network().next().type()).isEqualTo(Packet.SUBACK);
    slow.network()
        .sendByteByByte(Publish.of(topic("a"), "x".repeat(200)).qos(2, 1).encode(version));
    assertThat(List.of(slow.network().next().type(), slow.network().next().type()))
        .containsExactlyInAnyOrder(Packet.PUBREC, Packet.PUBLISH);
    slow.network().sendByteByByte(Bytes.hex("62020001 c000"));
    slow.expect(Packet.PUBCOMP, 1);
    slow.network().expect("d000");
  }

  @EachVersion
  void manyPacketsMayComeInOneWrite(Version version) {
    Peer busy = connect(version, "busy");
    busy.subscribe(topic("#"), 0);
    int count = 2000;
    byte[][] packets = new byte[count][];
    for (int i = 0; i < count; i++) {
      packets[i] = Publish.of(topic("a"), "" + i).encode(version);
    }

    busy.network().send(packets);

    for (int i = 0; i < count; i++) {
      assertThat(busy.receive().payload()).isEqualTo("" + i);
    }
  }

  @EachVersion
  void piecesOfRandomLengthAreTheSamePackets(Version version) {
    Random random = new Random(11);
    Peer peer = connect(version, "peer");
    peer.subscribe(topic("#"), 0);
    List<String> payloads = new ArrayList<>();
    byte[][] packets = new byte[50][];
    for (int i = 0; i < packets.length; i++) {
      String payload = i + "x".repeat(random.nextInt(i % 10 == 0 ? 40_000 : 300));
      payloads.add(payload);
      packets[i] = Publish.of(topic("a"), payload).encode(version);
    }
    byte[] stream = Bytes.concat(packets);
    for (int from = 0; from < stream.length; ) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(from % 3 == 0 ? 20 : 9_000));
      peer.network().send(Arrays.copyOfRange(stream, from, to));
      from = to;
    }
    for (String payload : payloads) {
      assertThat(peer.receive().payload()).isEqualTo(payload);
    }
  }

  @EachVersion
  void aMessageOfMegabytesArrivesWhole(Version version) {
    Peer peer = connect(version, "peer");
    peer.subscribe(topic("a"), 2);
    String payload = "0123456789".repeat(400_000);

    peer.network().send(Publish.of(topic("a"), payload).qos(1, 1).encode(version));

    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Packet packet = peer.network().next();
      types.add(packet.type());
      if (packet.type() == Packet.PUBLISH) {
        assertThat(packet.body().length).isGreaterThan(payload.length());
      }
    }
    assertThat(types).containsExactlyInAnyOrder(Packet.PUBACK, Packet.PUBLISH);
  }
}
