package io.noctule.broker.connection;

import io.netty.channel.ChannelHandlerContext;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.LoopCounters;
import io.noctule.broker.loop.TurnEnd;
import io.noctule.broker.message.Publication;
import io.noctule.broker.session.Link;
import io.noctule.broker.session.Session;
import io.noctule.protocol.codec.ProtocolException;
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
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.packet.Will;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: takes its packets in order, answers them, and sends what its session has
 * for it.
 *
 * <p>States: <i>new</i> until CONNECT, <i>connecting</i> while it is decided upon (the transport
 * then hands over no further packet), <i>connected</i>, <i>closed</i>. Owned by the event loop of
 * its channel; while connecting, the channel may move to the loop of an existing session.
 */
public final class Connection implements Link, TurnEnd {
  /** The index of a connection that is in no loop's list. */
  static final int NOT_OPEN = -1;

  private enum State {
    NEW,
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  private final Transport transport;
  private ConnectionServices services;
  private Outbound outbound;
  private State state = State.NEW;
  private int openIndex = NOT_OPEN;
  private final Silence silence;

  // From CONNECT on.
  private @Nullable Session session;
  private @Nullable Will will;
  private @Nullable Identity identity;
  private MqttVersion version = MqttVersion.MQTT_3_1_1;
  private int receiveMaximum;
  private @Nullable PublishReceiver publishes;

  /** A connection without a client yet. On the channel's loop. */
  public Connection(
      ChannelHandlerContext context, Transport transport, ConnectionServices services) {
    this.transport = transport;
    this.services = services;
    this.outbound = new Outbound(context, services, this);
    this.silence = new Silence(services.sessions().loop().nanos());
    services.open().add(this);
    counters().increment(Counter.CONNECTIONS_OPENED);
  }

  /**
   * Whether the connection takes packets now; while it does not, the transport keeps what it has
   * read.
   */
  public boolean takesPackets() {
    return state == State.NEW || state == State.CONNECTED;
  }

  /** Bytes have come, whole packets or not. */
  public void onRead(int bytes) {
    counters().add(Counter.BYTES_RECEIVED, bytes);
  }

  /** Whole packets have come, or the broker itself had paused reading: the client is not silent. */
  public void onSignOfLife() {
    silence.end(services.sessions().loop().nanos());
  }

  /**
   * Takes the client's next packet.
   *
   * @throws ProtocolException where the standard forbids it; the caller then calls {@link #onFault}
   */
  public void handle(Packet packet) throws ProtocolException {
    if (state == State.NEW) {
      if (!(packet instanceof Connect connect)) {
        throw UnexpectedPacket.first(packet);
      }
      state = State.CONNECTING;
      new Handshake(this, transport, connect, services).start();
      return;
    }
    Session current = session;
    PublishReceiver receiver = publishes;
    if (state != State.CONNECTED || current == null || receiver == null) {
      return; // Closed by an earlier packet of the same read.
    }
    switch (packet) {
      case Publish publish -> receiver.onPublish(publish);
      case PubAck pubAck -> current.onPubAck(pubAck.packetId());
      case PubRec pubRec -> current.onPubRec(pubRec.packetId(), pubRec.reasonCode());
      case PubRel pubRel -> receiver.onPubRel(pubRel);
      case PubComp pubComp -> current.onPubComp(pubComp.packetId());
      case Subscribe subscribe -> {
        if (!new SubscribeHandler(current, services, outbound).onSubscribe(subscribe)) {
          close(ReasonCode.PACKET_TOO_LARGE, "SUBACK is larger than the client accepts");
        }
      }
      case Unsubscribe unsubscribe ->
          new SubscribeHandler(current, services, outbound).onUnsubscribe(unsubscribe);
      case PingReq _ -> outbound.send(PingResp.INSTANCE); // [MQTT-3.12.4-1]
      case Disconnect disconnect -> onDisconnect(disconnect, current);
      case Connect _ -> // [MQTT-3.1.0-2]
          throw ProtocolException.protocolError("a second CONNECT on one connection");
      case Auth _ -> // [MQTT-4.12.1-1]
          throw ProtocolException.protocolError("AUTH without an authentication method in CONNECT");
      case ConnAck _, SubAck _, UnsubAck _, PingResp _ -> throw UnexpectedPacket.fromClient(packet);
    }
  }

  private void onDisconnect(Disconnect packet, Session current) throws ProtocolException {
    Long expirySeconds = packet.sessionExpirySeconds();
    if (expirySeconds != null) {
      if (!current.isPersistent() && expirySeconds != 0) { // [MQTT-3.14.2-2], section 3.14.2.2.2
        throw ProtocolException.protocolError(
            "DISCONNECT sets a session expiry that CONNECT had as 0");
      }
      current.expirySeconds(expirySeconds);
    }
    if (packet.reasonCode() == ReasonCode.SUCCESS) {
      will = null; // [MQTT-3.14.4-3]
    }
    closed("the client disconnected with " + packet.reasonCode(), false);
  }

  /**
   * The peer has sent what the standard forbids: it is told why, and the connection closes
   * [MQTT-4.13.1-1].
   *
   * @param seenVersion the version of a CONNECT that could be read that far; null where not
   */
  public void onFault(ProtocolException fault, @Nullable MqttVersion seenVersion) {
    if (state == State.CLOSED) {
      return;
    }
    counters().increment(Counter.PROTOCOL_FAULTS);
    String why = fault.getMessage() == null ? "" : fault.getMessage();
    switch (state) {
      case NEW -> ConnectRefusal.answerUnreadable(outbound, fault.reasonCode(), why, seenVersion);
      case CONNECTED -> sendDisconnect(fault.reasonCode(), why);
      case CONNECTING, CLOSED -> {}
    }
    closed(fault.reasonCode() + ": " + why, true);
  }

  private void sendDisconnect(ReasonCode reasonCode, @Nullable String why) {
    if (version.hasProperties()) {
      outbound.send(Disconnect.because(reasonCode, why));
    }
  }

  /** The handshake has succeeded. */
  void accepted(Connect connect, Session acceptedSession, int keepAliveSeconds) {
    state = State.CONNECTED;
    Identity accepted = acceptedSession.identity();
    identity = accepted;
    version = connect.version();
    session = acceptedSession;
    will = connect.will();
    silence.keepAlive(keepAliveSeconds, services.sessions().loop().nanos());
    receiveMaximum = connect.properties().receiveMaximum();
    publishes = new PublishReceiver(acceptedSession, connect.version(), services, outbound);
    counters().increment(Counter.CLIENTS_ACCEPTED);
    services.events().info(accepted.describe() + " connected from " + transport.remoteText());
  }

  /**
   * The handshake has failed: the client is told and the connection closes.
   *
   * @param told to the client
   * @param why for the operator
   */
  void refused(Connect connect, ReasonCode reasonCode, String told, String why) {
    if (state == State.CLOSED) {
      return;
    }
    ConnectRefusal.count(counters(), reasonCode);
    outbound.adapt(connect, 0);
    outbound.send(
        new ConnAck(false, reasonCode, ConnAck.Properties.because(told)), connect.version());
    closed("refused client '" + connect.clientId() + "': " + why, true);
  }

  /** The session that the client is attached to; null where it is not. */
  @Nullable Session session() {
    return session;
  }

  /** The client stays after a change of users or rules, with the rights that it has now. */
  void forgetAllowed() {
    if (publishes != null) {
      publishes.forgetAllowed();
    }
  }

  /** The will that is published where the connection is lost; null where there is none. */
  @Nullable Will will() {
    return will;
  }

  /** The will is not published. */
  void dropWill() {
    will = null;
  }

  /** The client may not stay after a change of users or rules. */
  void expel(String why) {
    if (state != State.CONNECTED) {
      return;
    }
    counters().increment(Counter.CLIENTS_EXPELLED);
    try {
      sendDisconnect(ReasonCode.NOT_AUTHORIZED, why);
    } finally {
      closed(why, true);
    }
  }

  /** The channel has moved to another loop during the handshake. On the new loop. */
  void movedTo(ConnectionServices newServices) {
    if (state == State.CLOSED) {
      return;
    }
    services = newServices;
    outbound = outbound.movedTo(newServices, this);
    services.open().add(this);
  }

  /** The channel is about to leave this loop. */
  void leavingLoop() {
    services.open().remove(this);
  }

  /** Whether the connection is closed: nothing more is taken from it. */
  public boolean isOver() {
    return state == State.CLOSED;
  }

  /**
   * Whether the client has left so many answers unread that nothing more is taken from it; {@link
   * #onWritable} ends this.
   */
  public boolean isOutputFull() {
    return outbound.isFull();
  }

  Outbound outbound() {
    return outbound;
  }

  @Override
  public boolean isWritable() {
    return outbound.isWritable();
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
      List<Integer> subscriptionIdentifiers) {
    return outbound.sendPublish(
        publication, qos, retain, duplicate, packetId, subscriptionIdentifiers);
  }

  @Override
  public void sendPubRel(int packetId, ReasonCode reasonCode) {
    outbound.send(PubRel.of(packetId, reasonCode));
  }

  @Override
  public void close(ReasonCode reasonCode, String why) {
    try {
      if (state == State.CONNECTED) {
        sendDisconnect(reasonCode, why);
      }
    } finally {
      closed(why, false);
    }
  }

  /** The network connection has ended, by whomever. */
  public void onChannelClosed() {
    closed("the connection was lost", false);
  }

  private void closed(String why, boolean isWarning) {
    if (state == State.CLOSED) {
      return;
    }
    State former = state;
    state = State.CLOSED;
    services.open().remove(this);
    counters().increment(Counter.CONNECTIONS_CLOSED);
    String event = nameForEvents() + " closed: " + why;
    if (isWarning) {
      services.events().warn(event);
    } else if (former == State.CONNECTED) {
      services.events().info(event);
    }
    Session current = session;
    try {
      if (current != null) {
        counters().increment(Counter.CLIENTS_GONE);
        session = null;
        current.onDisconnected(this, will);
      }
      outbound.flushLast();
    } finally {
      transport.finish();
    }
  }

  private String nameForEvents() {
    return (identity == null ? "connection" : identity.describe())
        + " from "
        + transport.remoteText();
  }

  /** Looks whether the client has been silent for too long. */
  void checkTime(long nowNanos) {
    switch (state) {
      case NEW, CONNECTING -> {
        if (silence.hasLasted(services.sessions().limits().connectTimeoutSeconds(), nowNanos)) {
          closed("no CONNECT packet in time", true);
        }
      }
      case CONNECTED -> {
        if (silence.isTooLong(nowNanos)) { // [MQTT-3.1.2-22]
          close(ReasonCode.KEEP_ALIVE_TIMEOUT, "nothing came within 1.5 keep-alive intervals");
        }
      }
      case CLOSED -> {}
    }
  }

  /**
   * The network takes bytes again. What waits is sent at the end of the turn: this may be called
   * from within a write.
   */
  public void onWritable() {
    if (session != null && session.hasBacklog()) {
      outbound.touch();
    }
  }

  @Override
  public void onTurnEnd() {
    outbound.flush();
    if (session != null && session.hasBacklog() && isWritable()) {
      session.pump();
    }
  }

  int openIndex() {
    return openIndex;
  }

  void openIndex(int index) {
    openIndex = index;
  }

  private LoopCounters counters() {
    return services.sessions().loop().counters();
  }
}
