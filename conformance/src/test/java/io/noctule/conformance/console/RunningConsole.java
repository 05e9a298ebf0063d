package io.noctule.conformance.console;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.noctule.access.Access;
import io.noctule.app.console.KnownPeople;
import io.noctule.app.console.OwnBrokerCredentials;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import io.noctule.console.ConsoleConfig;
import io.noctule.console.ConsoleService;
import io.noctule.console.mqtt.BrokerEndpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A broker with users and rules and a console beside it, in this process on free loopback ports,
 * and somebody who plays the devices. Users: {@value #ADMIN} may do everything, {@value #VIEWER}
 * may see the device {@code shed}.
 */
final class RunningConsole implements AutoCloseable {
  static final String ADMIN = "ada";
  static final String VIEWER = "vera";
  static final String PASSWORD = "correct horse";

  private static final String RULES =
      """
      anonymous: local
      default: deny
      rules:
        - allow: both
          group: [admin, local]
        - allow: subscribe
          user: vera
          topics: [sensor_data/shed, status/shed]
      """;

  private final Access access;
  private final Broker broker;
  private final ConsoleService console;
  private final Mqtt3BlockingClient devices;

  private RunningConsole(Path folder, boolean withUsers, UnaryOperator<ConsoleConfig> changes)
      throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    access = Access.open(folder);
    if (withUsers) {
      byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_8);
      access.addUser(ADMIN, List.of("admin"), password);
      access.addUser(VIEWER, List.of("people"), password);
    }
    broker =
        Broker.start(
            BrokerConfig.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(2)
                .sysIntervalSeconds(1)
                .authenticator(access.authenticator())
                .authorizer(access.authorizer())
                .build());
    access.onChange(broker::reviewClients);
    console =
        ConsoleService.start(
            changes.apply(
                ConsoleConfig.of(
                        BrokerEndpoint.plain("127.0.0.1", broker.mqttPort()),
                        new OwnBrokerCredentials(access),
                        new KnownPeople(access))
                    .listeningOn("127.0.0.1", 0)));
    devices =
        Mqtt3Client.builder()
            .identifier("devices")
            .serverHost("127.0.0.1")
            .serverPort(broker.mqttPort())
            .buildBlocking();
    devices.connect();
  }

  /** With the users, and the usual configuration. */
  static RunningConsole start(Path folder) throws Exception {
    return start(folder, config -> config);
  }

  /** With the users, and another configuration. */
  static RunningConsole start(Path folder, UnaryOperator<ConsoleConfig> changes) throws Exception {
    return new RunningConsole(folder, true, changes);
  }

  /** As it is when nobody has ever logged in. */
  static RunningConsole startWithoutUsers(Path folder) throws Exception {
    return new RunningConsole(folder, false, config -> config);
  }

  ConsoleService service() {
    return console;
  }

  /** Clients that are connected to the broker. */
  long clients() {
    return broker.counters().clientsConnected();
  }

  int brokerPort() {
    return broker.mqttPort();
  }

  Access access() {
    return access;
  }

  /** A browser that nobody has logged in with. */
  Browser browser() {
    return new Browser(console.address());
  }

  /** A browser of a user that is logged in. */
  Browser loggedIn(String user) throws Exception {
    Browser browser = browser();
    browser.logIn(user, PASSWORD);
    return browser;
  }

  /** Publishes as devices do. */
  void publish(String topic, String payload) {
    publish(topic, payload, false);
  }

  void publishRetained(String topic, String payload) {
    publish(topic, payload, true);
  }

  private void publish(String topic, String payload, boolean retain) {
    devices
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retain)
        .send();
  }

  /** Has a device answer each change of its configuration. */
  void answerChanges(String device, UnaryOperator<String> twinOfPatch) {
    devices
        .toAsync()
        .subscribeWith()
        .topicFilter("config_change/" + device)
        .callback(
            change -> {
              String patch = new String(change.getPayloadAsBytes(), StandardCharsets.UTF_8);
              var _ =
                  devices
                      .toAsync()
                      .publishWith()
                      .topic("twin/" + device)
                      .payload(twinOfPatch.apply(patch).getBytes(StandardCharsets.UTF_8))
                      .retain(true)
                      .send();
            })
        .send()
        .join();
  }

  @Override
  public void close() {
    devices.disconnect();
    console.close();
    broker.close();
    access.close();
  }
}
