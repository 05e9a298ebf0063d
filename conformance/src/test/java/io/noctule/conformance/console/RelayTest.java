package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.console.ConsoleConfig;
import io.noctule.console.mqtt.Account;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's MQTT connection: relayed with the person's rights, whatever the page says. */
class RelayTest {
  /** The devices and the console itself. */
  private static final long OTHERS = 2;

  @TempDir private Path folder;
  private RunningConsole console;

  @BeforeEach
  void start() throws Exception {
    console = RunningConsole.start(folder);
    await().until(() -> console.clients() == OTHERS);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private static Subscribe subscribe(String filter) {
    return new Subscribe(
        1,
        Subscribe.NO_IDENTIFIER,
        List.of(),
        List.of(Subscribe.Request.of(TopicFilter.of(filter), QoS.AT_LEAST_ONCE)));
  }

  private static Publish publish(String topic, byte[] payload) {
    return new Publish(
        TopicName.of(topic),
        Publish.NO_ALIAS,
        QoS.AT_LEAST_ONCE,
        false,
        false,
        7,
        PublishProperties.NONE,
        Unpooled.wrappedBuffer(payload));
  }

  @Test
  void carriesMessagesBothWays() throws Exception {
    try (var page = MqttOverWebSocket.open(console.loggedIn(ADMIN))) {
      assertThat(page.socket().getSubprotocol()).isEqualTo("mqtt");
      ConnAck accepted = page.connect("page-1", null);
      assertThat(accepted.reasonCode()).isEqualTo(ReasonCode.SUCCESS);
      assertThat(accepted.sessionPresent()).isFalse();

      page.send(subscribe("sensor_data/#"));
      assertThat(page.receive(SubAck.class).reasonCodes())
          .containsExactly(ReasonCode.GRANTED_QOS_1);
      console.publish("sensor_data/shed", "{\"t\":1}");
      Publish received = page.receive(Publish.class);
      assertThat(received.topic()).isEqualTo(TopicName.of("sensor_data/shed"));
      assertThat(received.payload().toString(StandardCharsets.UTF_8)).isEqualTo("{\"t\":1}");

      page.send(publish("test", "hello".getBytes(StandardCharsets.UTF_8)));
      assertThat(page.receive(PubAck.class).packetId()).isEqualTo(7);
      page.send(PingReq.INSTANCE);
      page.receive(PingResp.class);
    }
  }

  @Test
  void carriesLargePacketsInPieces() throws Exception {
    try (var page = MqttOverWebSocket.open(console.loggedIn(ADMIN))) {
      page.connect("page-1", null);
      page.send(subscribe("large"));
      page.receive(SubAck.class);
      byte[] payload = "x".repeat(600_000).getBytes(StandardCharsets.UTF_8);
      page.send(publish("large", payload));
      var answers = List.of(page.receive(), page.receive());
      assertThat(answers).hasAtLeastOneElementOfType(PubAck.class);
      assertThat(answers)
          .filteredOn(Publish.class::isInstance)
          .singleElement()
          .satisfies(
              answer ->
                  assertThat(((Publish) answer).payload().readableBytes())
                      .isEqualTo(payload.length));
    }
  }

  @Test
  void takesThePersonsRightsNotTheCredentialsOfThePage() throws Exception {
    // The page claims to be the administrator.
    try (var page = MqttOverWebSocket.open(console.loggedIn(VIEWER))) {
      assertThat(page.connect("page-1", null).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
      page.send(subscribe("sensor_data/shed"));
      assertThat(page.receive(SubAck.class).reasonCodes())
          .containsExactly(ReasonCode.GRANTED_QOS_1);
      page.send(subscribe("sensor_data/#"));
      assertThat(page.receive(SubAck.class).reasonCodes())
          .containsExactly(ReasonCode.NOT_AUTHORIZED);
      page.send(publish("config_change/shed", new byte[0]));
      assertThat(page.receive(PubAck.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }
  }

  @Test
  void cannotTakeOverTheSessionOfADevice() throws Exception {
    try (var page = MqttOverWebSocket.open(console.loggedIn(ADMIN))) {
      assertThat(page.connect("devices", null).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
      page.send(subscribe("sensor_data/shed"));
      page.receive(SubAck.class);
      // The device with that identifier is still there.
      console.publish("sensor_data/shed", "{}");
      page.receive(Publish.class);
    }
  }

  @Test
  void leavesNoSessionBehind() throws Exception {
    Browser browser = console.loggedIn(ADMIN);
    try (var page = MqttOverWebSocket.open(browser)) {
      page.connect("page-1", null);
    }
    await().until(() -> console.clients() == OTHERS);
    try (var page = MqttOverWebSocket.open(browser)) {
      assertThat(page.connect("page-1", null).sessionPresent()).isFalse();
    }
  }

  @Test
  void needsALoginItsOwnPageAndMqtt() throws Exception {
    Browser stranger = console.browser();
    Browser admin = console.loggedIn(ADMIN);
    assertThat(MqttOverWebSocket.refusal(stranger, stranger.origin(), "mqtt").statusCode())
        .isEqualTo(401);
    assertThat(MqttOverWebSocket.refusal(admin, "http://evil.example", "mqtt").statusCode())
        .isEqualTo(403);
    assertThat(MqttOverWebSocket.refusal(admin, admin.origin(), "chat").statusCode())
        .isEqualTo(400);
    assertThat(MqttOverWebSocket.refusal(admin, admin.origin(), "").statusCode()).isEqualTo(400);
    assertThat(admin.get("/mqtt").status()).isEqualTo(426);
  }

  /** Beside a broker that does not know the console's people. */
  private static RunningConsole withOneAccountForAll(Path data) throws Exception {
    return RunningConsole.start(
        data,
        config ->
            new ConsoleConfig(
                config.host(),
                config.port(),
                config.allowedHosts(),
                config.tls(),
                config.broker(),
                BrokerCredentials.shared(Account.NONE),
                config.people(),
                config.history(),
                config.answerLimit()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/mqtt", "/mqtt/", "//mqtt", "/%6dqtt", "/mqtt;a=b", "/./mqtt", "/mqtt?a"})
  void howeverThePathIsWrittenOnlyAdministratorsUseTheAccountForAll(String path, @TempDir Path data)
      throws Exception {
    try (RunningConsole shared = withOneAccountForAll(data)) {
      Browser viewer = shared.loggedIn(VIEWER);
      assertThatThrownBy(() -> MqttOverWebSocket.open(viewer, viewer.origin(), "mqtt", path))
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }

  private static boolean isAdministrator(RunningConsole shared) {
    User user = shared.access().users().find(ADMIN);
    return user != null && user.groups().contains(User.ADMIN);
  }

  @Test
  void whoIsNoAdministratorAnyMoreLosesTheAccountForAll(@TempDir Path data) throws Exception {
    try (RunningConsole shared = withOneAccountForAll(data);
        var page = MqttOverWebSocket.open(shared.loggedIn(ADMIN))) {
      page.connect("page-1", null);
      page.send(subscribe("sensor_data/#"));
      page.receive(SubAck.class);

      new UserFile(data).change(ADMIN, user -> user.withGroups(List.of("people")));
      await().until(() -> !isAdministrator(shared));

      shared.publish("sensor_data/shed", "{}");
      assertThat(page.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void endsWithTheLogin() throws Exception {
    Browser browser = console.loggedIn(ADMIN);
    try (var page = MqttOverWebSocket.open(browser)) {
      page.connect("page-1", null);
      assertThat(console.clients()).isEqualTo(OTHERS + 1);
      browser.send("DELETE", "/api/v1/session", "", "");
      assertThat(page.awaitClose()).isEqualTo(1008);
      await().until(() -> console.clients() == OTHERS);
    }
  }

  @Test
  void endsWithTheLoginThoughThePageReadsNothing() throws Exception {
    Browser browser = console.loggedIn(ADMIN);
    try (var page = MqttOverWebSocket.open(browser)) {
      page.connect("page-1", null);
      page.send(subscribe("flood"));
      page.receive(SubAck.class);
      page.stopReading();
      for (int i = 0; i < 200; i++) {
        console.publish("flood", "x".repeat(100_000));
      }
      browser.send("DELETE", "/api/v1/session", "", "");
      await().until(() -> console.clients() == OTHERS);
    }
  }

  @Test
  void endsWithTheBroker() throws Exception {
    try (var page = MqttOverWebSocket.open(console.loggedIn(ADMIN))) {
      page.connect("page-1", null);
      page.send(new byte[] {0x00, 0x00});
      page.receive();
      assertThat(page.awaitClose()).isEqualTo(1000);
    }
  }

  @Test
  void refusesWhatIsNoConnect() throws Exception {
    for (byte[] bytes :
        List.of(new byte[] {(byte) 0xC0, 0}, new byte[] {0x10, 1, 1}, new byte[0])) {
      try (var page = MqttOverWebSocket.open(console.loggedIn(ADMIN))) {
        page.send(bytes);
        if (bytes.length == 0) {
          page.socket().sendText("hello", true).join();
        }
        assertThat(page.awaitClose()).isIn(1003, 1008);
      }
    }
    assertThat(console.clients()).isEqualTo(OTHERS);
  }

  @Test
  void boundsTheConnectionsOfAPerson() throws Exception {
    Browser browser = console.loggedIn(ADMIN);
    var pages = new ArrayList<MqttOverWebSocket>();
    try {
      for (int i = 0; i < 20; i++) {
        var page = MqttOverWebSocket.open(browser);
        pages.add(page);
        assertThat(page.connect("page-" + i, null).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
      }
      var tooMany = MqttOverWebSocket.open(browser);
      pages.add(tooMany);
      assertThat(tooMany.awaitClose()).isEqualTo(1013);
      pages.getFirst().close();
      await()
          .until(
              () -> {
                var page = MqttOverWebSocket.open(browser);
                pages.add(page);
                page.connect("again", null);
                return !page.isClosed();
              });
    } finally {
      pages.forEach(MqttOverWebSocket::close);
    }
  }
}
