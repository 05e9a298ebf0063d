package io.noctule.app.client;

import io.netty.buffer.Unpooled;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ReasonText;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Subscribes on one connection and has printed what comes. Of one thread. */
final class Subscription {
  private final MqttClient client;
  private final Printer printer;
  private final Subscribe subscribe;
  private final @Nullable Unsubscribe unsubscribe;
  private final boolean endWhenSubscribed;
  private final PrintStream out;

  /** Topics by alias; as many as the client allowed. */
  private final Map<Integer, TopicName> aliases = new HashMap<>();

  /** Messages of QoS 2 whose PUBREL has not come; as many as the receive maximum allows. */
  private final Map<Integer, ReceivedMessage> unreleased = new HashMap<>();

  private boolean ended;

  Subscription(
      MqttClient client,
      Printer printer,
      Subscribe subscribe,
      @Nullable Unsubscribe unsubscribe,
      boolean endWhenSubscribed,
      PrintStream out) {
    this.client = client;
    this.printer = printer;
    this.subscribe = subscribe;
    this.unsubscribe = unsubscribe;
    this.endWhenSubscribed = endWhenSubscribed;
    this.out = out;
  }

  /**
   * Runs until the printer has enough or {@link MqttClient#disconnect} is called.
   *
   * @return the exit status
   * @throws CommandFailure where the broker refuses all that was asked for, or takes the session
   *     away
   * @throws IOException where the connection is lost
   */
  int run(Disconnect goodbye) throws IOException {
    client.send(subscribe);
    if (unsubscribe != null) {
      client.send(unsubscribe);
    }
    while (!ended) {
      Packet packet = client.poll();
      if (packet == null) {
        // Printed before it is acknowledged, and both at once for all that has come meanwhile.
        out.flush();
        if (out.checkError()) {
          client.disconnect(goodbye);
          return CommandFailure.FAILED;
        }
        client.flush();
        packet = client.receive();
      }
      if (packet == null) {
        return 0;
      }
      take(packet);
    }
    out.flush();
    client.flush();
    return 0;
  }

  private void take(Packet packet) throws IOException {
    switch (packet) {
      case Publish publish -> takePublish(publish);
      case PubRel release -> {
        ReceivedMessage message = unreleased.remove(release.packetId());
        if (message != null) {
          print(message);
        }
        client.sendLater(PubComp.of(release.packetId()));
      }
      case SubAck ack -> takeSubAck(ack);
      case UnsubAck _ -> ended |= endWhenSubscribed;
      case Disconnect disconnect -> takeDisconnect(disconnect);
      default -> {
        // Answers to the removal of retained messages.
      }
    }
  }

  private void takePublish(Publish publish) throws IOException {
    ReceivedMessage message =
        ReceivedMessage.of(publish, topic(publish), ZonedDateTime.now(ZoneId.systemDefault()));
    switch (publish.qos()) {
      case AT_MOST_ONCE -> print(message);
      case AT_LEAST_ONCE -> {
        print(message);
        client.sendLater(PubAck.of(publish.packetId()));
      }
      case EXACTLY_ONCE -> {
        unreleased.putIfAbsent(publish.packetId(), message); // [MQTT-4.3.3-10]
        client.sendLater(PubRec.of(publish.packetId()));
      }
    }
  }

  private String topic(Publish publish) {
    TopicName topic = publish.topic();
    if (topic == null) {
      topic = aliases.get(publish.topicAlias());
      if (topic == null) {
        throw CommandFailure.failed("the broker used an unknown topic alias");
      }
    } else if (publish.topicAlias() != Publish.NO_ALIAS) {
      aliases.put(publish.topicAlias(), topic);
    }
    return topic.text();
  }

  private void print(ReceivedMessage message) throws IOException {
    if (ended) {
      return;
    }
    Printer.Next next = printer.take(message);
    if (next == Printer.Next.REMOVE || next == Printer.Next.REMOVE_AND_END) {
      client.sendLater(
          new Publish(
              TopicName.of(message.topic()),
              Publish.NO_ALIAS,
              QoS.AT_MOST_ONCE,
              true,
              false,
              0,
              PublishProperties.NONE,
              Unpooled.EMPTY_BUFFER));
    }
    ended = next == Printer.Next.END || next == Printer.Next.REMOVE_AND_END;
  }

  private void takeSubAck(SubAck ack) {
    if (ack.reasonCodes().stream().allMatch(ReasonCode::isError)) {
      throw CommandFailure.failed(
          "the broker refused the subscription: "
              + ReasonText.of(ack.reasonCodes().getFirst(), ack.properties().reasonString()));
    }
    ended |= endWhenSubscribed && unsubscribe == null;
  }

  /** A broker that goes down may come back; one that throws the client out means it. */
  private static void takeDisconnect(Disconnect disconnect) throws IOException {
    String reason = ReasonText.of(disconnect.reasonCode(), disconnect.reasonString());
    if (disconnect.reasonCode() == ReasonCode.SERVER_SHUTTING_DOWN) {
      throw new IOException(reason);
    }
    throw CommandFailure.failed("the broker closed the connection: " + reason);
  }
}
