package io.noctule.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.access.file.FileFault;
import io.noctule.broker.loop.Counter;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.io.IOException;

/** What rules allow works, and what they deny is refused in the words of each version. */
class RulesTest extends GuardedConversation {
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int FAILURE = 0x80;

  @BothVersions
  void aTableOfRules(Version version) throws IOException, FileFault {
    user("anna", "people");
    rules(
        """
        rules:
          - deny: publish
            topics: house/door/#
          - allow: both
            group: people
            topics: [house/#, private/%u/#]
        """);
    Peer anna = connect(version, as("anna"));

    assertThat(anna.subscribe("house/#", 1)).isEqualTo(1);
    assertThat(anna.subscribe("private/anna/+", 0)).isZero();
    assertThat(anna.subscribe("$share/group/house/+/state", 0)).isZero();
    int denied = code(version, NOT_AUTHORIZED, FAILURE);
    assertThat(anna.subscribe("private/#", 0)).isEqualTo(denied);
    assertThat(anna.subscribe("$share/group/private/+", 0)).isEqualTo(denied);
    assertThat(anna.subscribe("#", 0)).isEqualTo(denied);
    assertThat(anna.subscribe("$SYS/#", 0)).isEqualTo(denied);
    assertThat(count(Counter.SUBSCRIBE_DENIED)).isEqualTo(4);
    expectEvent("client anna may not subscribe to private/#", "rules.yaml");

    publish(anna, "house/door/open", "not let through");
    anna.send(Publish.of("private/bert/x", "not let through"));
    anna.send(Publish.of("house/light", "let through"));
    assertThat(anna.receive().payload()).isEqualTo("let through");
    assertThat(count(Counter.PUBLISH_DENIED)).isEqualTo(2);
    expectEvent("client anna may not publish to house/door/open", "rules.yaml:2 (deny publish");
  }

  @BothVersions
  void aDenialAtEachQualityIsAnswered(Version version) throws IOException, FileFault {
    user("anna", "device");
    Peer anna = connect(version, as("anna"));
    assertThat(publish(anna, "other", "x")).isEqualTo(code(version, NOT_AUTHORIZED, 0));
    anna.send(Publish.of("other", "x").qos(2, 9));
    assertThat(anna.expect(5, 9).reasonCode()).isEqualTo(code(version, NOT_AUTHORIZED, 0));
    anna.send(Publish.of("other", "x"));
    anna.expectNothingBeforePong();
    assertThat(count(Counter.PUBLISH_DENIED)).isEqualTo(3);
  }

  @BothVersions
  void aWillThatMayNotBePublishedIsRefused(Version version) throws IOException, FileFault {
    user("pump", "device");
    assertThat(knock(version, as("pump").will(Publish.of("status/other", "offline"))))
        .isEqualTo(code(version, NOT_AUTHORIZED, 5));
    expectEvent("client pump may not publish its will to status/other", "built-in rules");
    assertThat(knock(version, as("pump").will(Publish.of("status/pump", "offline")))).isZero();
  }

  @BothVersions
  void clientsOfThisMachineDoAsTheyLikeUntilTheRulesSayOtherwise(Version version)
      throws IOException {
    Peer local = connect(version, Connect.as("local"));
    assertThat(local.subscribe("#", 0)).isZero();
    assertThat(local.subscribe("$SYS/not/there", 0)).isZero();

    rules("{anonymous: none, rules: [{allow: both}]}");

    local.expectClosedFor(NOT_AUTHORIZED);
    assertThat(knock(version, Connect.as("local"))).isEqualTo(code(version, NOT_AUTHORIZED, 5));
    expectEvent("refused client 'local'", "noctule user add NAME");
  }

  /** What the suites of paho.mqtt.testing want to see. */
  @BothVersions
  void oneTopicCanBeForbiddenToAll(Version version) throws IOException {
    rules(
        """
        rules:
          - deny: subscribe
            topics: test/nosubscribe
          - allow: both
        """);
    Peer client = connect(version, Connect.as("client"));
    assertThat(client.subscribe("test/nosubscribe", 2))
        .isEqualTo(code(version, NOT_AUTHORIZED, FAILURE));
    assertThat(client.subscribe("test/#", 2)).isEqualTo(code(version, NOT_AUTHORIZED, FAILURE));
    assertThat(client.subscribe("test/other", 2)).isEqualTo(2);
  }
}
