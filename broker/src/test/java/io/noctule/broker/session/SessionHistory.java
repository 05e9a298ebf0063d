package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session and a client that behaves as the standard asks, with a network between them that loses
 * what is under way when it breaks.
 */
final class SessionHistory {
  private static final int INFLIGHT_LIMIT = 4;

  /** What travels, in either direction. */
  private sealed interface Packet {
    record Publish(QoS qos, String text, boolean duplicate, int packetId) implements Packet {}

    record PubRel(int packetId) implements Packet {}

    record PubAck(int packetId) implements Packet {}

    record PubRec(int packetId) implements Packet {}

    record PubComp(int packetId) implements Packet {}
  }

  private final BrokerParts parts =
      new BrokerParts(TestLimits.DEFAULT.inflight(INFLIGHT_LIMIT).build(), new ManualLoops(1));
  private final Client broker = new Client(parts, "client");
  private final Session session = broker.session();
  private @Nullable Network network;
  private int published;

  // The client's session.
  private final Set<Integer> unreleased = new HashSet<>();
  private final Set<Integer> everSent = new HashSet<>();
  private final Texts received = new Texts();
  private final Texts expected = new Texts();

  /** Payloads by quality of service. */
  private static final class Texts {
    private final List<List<String>> texts =
        Stream.of(QoS.values()).<List<String>>map(_ -> new ArrayList<>()).toList();

    List<String> of(QoS qos) {
      return texts.get(qos.value());
    }
  }

  SessionHistory() {
    connect(INFLIGHT_LIMIT, true);
  }

  /** One connection with its packets under way. */
  private final class Network implements Link {
    private final int receiveMaximum;
    private final ArrayDeque<Packet> toClient = new ArrayDeque<>();
    private final ArrayDeque<Packet> toBroker = new ArrayDeque<>();
    private final Set<Integer> unacknowledged = new HashSet<>();
    private boolean writable = true;

    Network(int receiveMaximum) {
      this.receiveMaximum = receiveMaximum;
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public int receiveMaximum() {
      return receiveMaximum;
    }

    @Override
    public boolean sendPublish(
        Publication publication,
        QoS qos,
        boolean retain,
        boolean duplicate,
        int packetId,
        List<Integer> identifiers) {
      if (qos != QoS.AT_MOST_ONCE) {
        assertThat(unacknowledged.add(packetId)).as("packet id %d is free", packetId).isTrue();
        requireWindow();
        assertThat(duplicate)
            .as("DUP where, and only where, it was sent before")
            .isEqualTo(everSent.contains(packetId));
        everSent.add(packetId);
      }
      toClient.add(new Packet.Publish(qos, Messages.text(publication), duplicate, packetId));
      return true;
    }

    @Override
    public void sendPubRel(int packetId, ReasonCode reasonCode) {
      assertThat(reasonCode).isEqualTo(ReasonCode.SUCCESS);
      unacknowledged.add(packetId); // Already there, but after a reconnect.
      toClient.add(new Packet.PubRel(packetId));
    }

    private void requireWindow() {
      assertThat(unacknowledged.size())
          .isLessThanOrEqualTo(Math.min(receiveMaximum, INFLIGHT_LIMIT));
    }

    @Override
    public void close(ReasonCode reasonCode, String why) {
      throw new AssertionError("closed by the session: " + why);
    }
  }

  void publish(QoS qos) {
    if (network == null && qos == QoS.AT_MOST_ONCE) {
      return; // Lost by right.
    }
    String text = qos + " " + published++;
    expected.of(qos).add(text);
    broker.receives(qos, text);
  }

  void connect(int receiveMaximum, boolean writable) {
    if (network == null) {
      network = new Network(receiveMaximum);
      network.writable = writable;
      session.attach(network, NEVER_EXPIRES);
      session.pump();
    }
  }

  void disconnect() {
    if (network != null) {
      // QoS 0 messages under way are lost by right.
      for (Packet packet : network.toClient) {
        if (packet instanceof Packet.Publish publish && publish.qos == QoS.AT_MOST_ONCE) {
          expected.of(QoS.AT_MOST_ONCE).remove(publish.text);
        }
      }
      Network ending = network;
      network = null;
      session.onDisconnected(ending, null);
    }
  }

  /** The client reads faster or slower; the session is told later. */
  void writable(boolean writable) {
    if (network != null) {
      network.writable = writable;
    }
  }

  /** The session is told to go on. */
  void pump() {
    session.pump();
  }

  /** The client takes the next packet and answers it. */
  boolean clientReads() {
    Packet packet = network == null ? null : network.toClient.poll();
    if (network == null || packet == null) {
      return false;
    }
    switch (packet) {
      case Packet.Publish publish -> clientTakes(publish, network.toBroker);
      case Packet.PubRel release -> {
        unreleased.remove(release.packetId);
        network.toBroker.add(new Packet.PubComp(release.packetId));
      }
      case Packet.PubAck _, Packet.PubRec _, Packet.PubComp _ ->
          throw new AssertionError("to the broker only");
    }
    return true;
  }

  private void clientTakes(Packet.Publish publish, ArrayDeque<Packet> answers) {
    switch (publish.qos) {
      case AT_MOST_ONCE -> received.of(publish.qos).add(publish.text);
      case AT_LEAST_ONCE -> {
        received.of(publish.qos).add(publish.text);
        answers.add(new Packet.PubAck(publish.packetId));
      }
      case EXACTLY_ONCE -> {
        if (unreleased.add(publish.packetId)) {
          received.of(publish.qos).add(publish.text);
        }
        answers.add(new Packet.PubRec(publish.packetId));
      }
    }
  }

  /** The broker takes the next answer. */
  boolean brokerReads() {
    Packet packet = network == null ? null : network.toBroker.poll();
    if (network == null || packet == null) {
      return false;
    }
    switch (packet) {
      case Packet.PubAck ack -> {
        done(network, ack.packetId);
        session.onPubAck(ack.packetId);
      }
      case Packet.PubRec rec -> session.onPubRec(rec.packetId, ReasonCode.SUCCESS);
      case Packet.PubComp comp -> {
        done(network, comp.packetId);
        session.onPubComp(comp.packetId);
      }
      case Packet.Publish _, Packet.PubRel _ -> throw new AssertionError("to the client only");
    }
    return true;
  }

  private void done(Network current, int packetId) {
    current.unacknowledged.remove(packetId);
    everSent.remove(packetId);
  }

  /** The network comes back and stays: what was promised must have happened at its end. */
  void settle() {
    disconnect();
    connect(2, true);
    boolean moved = true;
    while (moved) {
      boolean read = clientReads();
      moved = brokerReads() || read;
    }

    assertThat(received.of(QoS.AT_MOST_ONCE)).isEqualTo(expected.of(QoS.AT_MOST_ONCE));
    assertThat(received.of(QoS.EXACTLY_ONCE))
        .as("QoS 2: each once, in order")
        .isEqualTo(expected.of(QoS.EXACTLY_ONCE));
    assertThat(received.of(QoS.AT_LEAST_ONCE).stream().distinct().toList())
        .as("QoS 1: none lost, first arrivals in order")
        .isEqualTo(expected.of(QoS.AT_LEAST_ONCE));
    assertThat(session.inFlightMessages()).isZero();
    assertThat(session.queuedMessages()).isZero();
    assertThat(session.hasBacklog()).isFalse();
    assertThat(parts.budget().usedBytes()).isZero();
  }
}
