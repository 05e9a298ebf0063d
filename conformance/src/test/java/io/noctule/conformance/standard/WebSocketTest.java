package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.RawWebSocket;
import io.noctule.conformance.wire.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over WebSocket, frame by frame. */
class WebSocketTest {
  private static final String PING_ANSWER = "d000";
  private static final byte[] PING = Bytes.hex("c000");

  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  private RawWebSocket client;

  /** The bytes below a WebSocket. */
  RawClient webSocketNetwork() {
    return RawClient.open(BROKER.webSocketPort());
  }

  @BeforeEach
  void open() {
    client = RawWebSocket.over(webSocketNetwork());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void connect() {
    client.handshake();
    client.send(Connect.as("web").encode(Version.V3_1_1));
    client.expectBytes("20020000");
  }

  @Test
  @Normative({"MQTT-6.0.0-1", "MQTT-6.0.0-4"})
  void aConversationInBinaryFrames() {
    connect();
    client.send(Bytes.hex("82 06 0001 0001 61 01"));
    client.expectBytes("90 03 0001 01");
    client.send(Bytes.hex("30 05 0001 61 6869"));
    client.expectBytes("30 05 0001 61 6869");
  }

  @Test
  @Normative("MQTT-6.0.0-2")
  void oneFrameMayHoldManyPackets() {
    client.handshake();

    client.send(Connect.as("web").encode(Version.V3_1_1), PING, PING);

    client.expectBytes("20020000" + PING_ANSWER + PING_ANSWER);
  }

  @Test
  @Normative("MQTT-6.0.0-2")
  void onePacketMayFillManyFrames() {
    client.handshake();
    for (byte b : Connect.as("web").encode(Version.V3_1_1)) {
      client.send(new byte[] {b});
    }

    client.expectBytes("20020000");
  }

  @Test
  @Normative("MQTT-6.0.0-2")
  void oneMessageMayComeInFragmentsWithAPingBetween() {
    client.handshake();
    byte[] bytes = Bytes.concat(Connect.as("web").encode(Version.V3_1_1), PING);

    client.sendFrames(
        RawWebSocket.frame(RawWebSocket.BINARY, false, Arrays.copyOfRange(bytes, 0, 5)),
        RawWebSocket.frame(RawWebSocket.PING, true, Bytes.hex("0102")),
        RawWebSocket.frame(RawWebSocket.CONTINUATION, false, new byte[0]),
        RawWebSocket.frame(RawWebSocket.CONTINUATION, false, Arrays.copyOfRange(bytes, 5, 9)),
        RawWebSocket.frame(
            RawWebSocket.CONTINUATION, true, Arrays.copyOfRange(bytes, 9, bytes.length)));

    RawWebSocket.Frame pong = client.next();
    assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
    assertThat(Bytes.toHex(pong.payload())).isEqualTo("01 02");
    client.expectBytes("20020000" + PING_ANSWER);
  }

  /** Each with bytes that are text, and with such that are none. */
  @ParameterizedTest
  @ValueSource(strings = {"c000", "30050001616869"})
  @Normative("MQTT-6.0.0-1")
  void aTextFrameClosesTheConnection(String hex) {
    connect();

    client.sendFrames(RawWebSocket.frame(RawWebSocket.TEXT, true, Bytes.hex(hex)));

    client.expectClosed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "82 02 c0 00", // without the mask that a client's frame must have
        "83 80 00000000", // an opcode that does not exist
        "c2 80 00000000", // a reserved bit
        "80 80 00000000", // a continuation of nothing
        "09 80 00000000", // a fragmented control frame
        "82 ff 7fffffffffffffff 00000000" // a length that nobody can hold
      })
  void aWrongFrameClosesTheConnection(String hex) {
    connect();

    client.sendFrames(Bytes.hex(hex));

    client.expectClosed();
  }

  @Test
  void aCloseFrameIsAnswered() {
    connect();

    client.sendFrames(RawWebSocket.frame(RawWebSocket.CLOSE, true, Bytes.u16(1000)));

    assertThat(client.next().opcode()).isEqualTo(RawWebSocket.CLOSE);
    client.expectClosed();
  }

  /**
   * A frame may be as large as a packet, but not from somebody who is not let in yet. The broker's
   * time stands still, so that the time limit for CONNECT is not what closes the connection.
   */
  @Test
  void aLargeFrameBeforeConnectClosesTheConnection() throws Exception {
    BrokerConfig config =
        BrokerConfig.builder().host("127.0.0.1").port(0).webSocketPort(0).ticker(() -> 0).build();
    try (Broker timeless = Broker.start(config);
        RawWebSocket stranger = RawWebSocket.open(timeless.webSocketPort().getAsInt())) {
      stranger.handshake();
      byte[] frame = RawWebSocket.frame(RawWebSocket.BINARY, true, new byte[8 << 20]);

      stranger.sendFramesIfOpen(Arrays.copyOf(frame, frame.length - 1));

      stranger.expectClosed();
    }
  }

  @Test
  void aMessageOfAMegabyteComesAndGoes() {
    connect();
    client.send(Bytes.hex("82 06 0001 0001 61 00"));
    client.expectBytes("90 03 0001 00");
    byte[] message = Publish.of("a", "0123456789".repeat(100_000)).encode(Version.V3_1_1);

    client.send(message);

    byte[] received = new byte[0];
    while (received.length < message.length) {
      received = Bytes.concat(received, client.next().payload());
    }
    assertThat(received).isEqualTo(message);
  }

  @Test
  void aMalformedPacketClosesTheWebSocketToo() {
    connect();

    client.send(Bytes.hex("0000"));

    client.expectClosed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt", "mqttv3.1", "chat, mqtt"})
  @Normative("MQTT-6.0.0-4")
  void theSubprotocolMqttIsChosen(String offered) {
    List<String> answer = client.handshake("/", offered);

    assertThat(answer.getFirst()).contains("101");
    assertThat(answer)
        .contains("sec-websocket-protocol: " + offered.substring(offered.lastIndexOf(' ') + 1));
  }

  @Test
  @Normative("MQTT-6.0.0-4")
  void anotherSubprotocolIsNotAgreedTo() {
    List<String> answer = client.handshake("/mqtt", "chat");

    assertThat(answer).noneMatch(line -> line.startsWith("sec-websocket-protocol:"));
  }

  @Test
  void aBrowserIsToldWhatThePortIsFor() {
    try (RawClient browser = webSocketNetwork()) {
      browser.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(browser.readAll()).startsWith("HTTP/1.1 426").contains("MQTT");
    }
  }

  @Test
  void mqttWithoutWebSocketClosesTheConnection() {
    try (RawClient lost = webSocketNetwork()) {
      lost.send(Connect.as("lost").encode(Version.V3_1_1), Bytes.hex("0d0a0d0a"));

      lost.readAll();
    }
  }
}
