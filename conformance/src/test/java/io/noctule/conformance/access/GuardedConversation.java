package io.noctule.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.access.Access;
import io.noctule.access.file.FileFault;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import io.noctule.broker.loop.Counter;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that obeys users and rules of a folder, which a test changes as a person would. */
abstract class GuardedConversation {
  static final String PASSWORD = "correct horse";
  private static final PasswordHash HASH =
      PasswordHash.of(PASSWORD.getBytes(StandardCharsets.UTF_8));
  private static final int LOOPS = 3;

  @TempDir private Path folder;

  final EventsSeen events = new EventsSeen();
  private final List<Peer> peers = new ArrayList<>();
  private Access access;
  private Broker broker;

  /** A test that runs for MQTT 3.1.1 and 5. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V3_1_1", "V5"})
  @interface BothVersions {}

  @BeforeEach
  void startBroker() throws IOException, FileFault {
    access = Access.open(folder);
    broker =
        Broker.start(
            BrokerConfig.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(LOOPS)
                .authenticator(access.authenticator())
                .authorizer(access.authorizer())
                .build());
    access.onChange(broker::reviewClients);
  }

  @AfterEach
  void stop() {
    peers.forEach(Peer::close);
    broker.close();
    access.close();
    events.close();
  }

  Access access() {
    return access;
  }

  UserFile users() {
    return new UserFile(folder);
  }

  /** A user with {@link #PASSWORD}, in force. */
  void user(String name, String... groups) throws IOException, FileFault {
    users().add(User.of(name, List.of(groups), HASH));
    await().until(() -> access.users().find(name) != null);
  }

  /** Rules, in force once {@link Access#onChange} has been told. */
  void rules(String yaml) throws IOException {
    var changed = new CompletableFuture<Void>();
    access.onChange(() -> changed.complete(null));
    Files.writeString(folder.resolve("rules.yaml"), yaml);
    changed.join();
  }

  long count(Counter counter) {
    return broker.counters().count(counter);
  }

  Peer open(Version version) {
    Peer peer = Peer.open(broker.mqttPort(), version);
    peers.add(peer);
    return peer;
  }

  /** What a client is answered that wants in. */
  int knock(Version version, Connect connect) {
    return open(version).connect(connect).reasonCode();
  }

  Peer connect(Version version, Connect connect) {
    Peer peer = open(version);
    assertThat(peer.connect(connect).reasonCode()).isZero();
    return peer;
  }

  static Connect as(String user) {
    return Connect.as(user).user(user, PASSWORD);
  }

  /** The same reason as each version has it. */
  static int code(Version version, int reasonCode, int before) {
    return version.isV5() ? reasonCode : before;
  }

  /** Publishes at QoS 1, and returns the reason code: 0 before MQTT 5, which has none. */
  static int publish(Peer peer, String topic, String payload) {
    peer.send(Publish.of(topic, payload).qos(1, 7));
    return peer.expect(Packet.PUBACK, 7).reasonCode();
  }

  /** Whether an event with all these words has been told. */
  void expectEvent(String... words) {
    await()
        .untilAsserted(
            () -> assertThat(events.lines()).anySatisfy(line -> assertThat(line).contains(words)));
  }
}
