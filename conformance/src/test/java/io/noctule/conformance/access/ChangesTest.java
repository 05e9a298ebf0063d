package io.noctule.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.access.file.FileFault;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.broker.loop.Counter;
import io.noctule.conformance.wire.ConnAck;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of users or rules reaches clients that are connected, and sessions that wait. */
class ChangesTest extends GuardedConversation {
  private static final int NOT_AUTHORIZED = 0x87;
  private static final String ALL = "rules: [{allow: both}]";
  private static final String NO_SECRETS = "rules: [{deny: both, topics: secret/#}, {allow: both}]";

  @BothVersions
  void whatIsNoLongerAllowedEnds(Version version) throws IOException {
    rules(ALL);
    Peer subscriber = connect(version, Connect.as("subscriber"));
    subscriber.subscribe("secret/a", 0);
    subscriber.subscribe("open/a", 0);
    Peer publisher = connect(version, Connect.as("publisher"));
    publish(publisher, "secret/a", "before");
    assertThat(subscriber.receive().payload()).isEqualTo("before");

    rules(NO_SECRETS);

    await().until(() -> count(Counter.SUBSCRIPTIONS_REVOKED) == 1);
    expectEvent("client subscriber may no longer subscribe to secret/a", "rules.yaml:1");
    // The topic that the publisher's connection remembers as allowed is asked about again.
    await()
        .until(
            () -> {
              publish(publisher, "secret/a", "after");
              return count(Counter.PUBLISH_DENIED) > 0;
            });
    publish(publisher, "open/a", "after");
    assertThat(subscriber.receive().topic()).isEqualTo("open/a");
  }

  @BothVersions
  void aSessionThatWaitsLosesWhatIsNoLongerAllowed(Version version) throws IOException {
    rules(ALL);
    Connect returning = Connect.as("returning").persistent();
    Peer first = connect(version, returning);
    first.subscribe("secret/#", 1);
    first.subscribe("open/#", 1);
    first.disconnect();
    Peer publisher = connect(version, Connect.as("publisher"));
    publish(publisher, "secret/a", "queued");
    publish(publisher, "open/a", "queued");

    rules(NO_SECRETS);

    await().until(() -> count(Counter.DROPPED_NOT_ALLOWED) == 1);
    Peer second = open(version);
    assertThat(second.connect(returning).sessionPresent()).isTrue();
    assertThat(second.receive().topic()).isEqualTo("open/a");
    second.expectNothingBeforePong();
  }

  @BothVersions
  void aWillThatIsNoLongerAllowedIsNotPublished(Version version) throws IOException {
    rules(ALL);
    Peer watcher = connect(version, Connect.as("watcher"));
    watcher.subscribe("+/will", 0);
    Peer secret = connect(version, Connect.as("s").will(Publish.of("secret/will", "lost")));
    Peer open = connect(version, Connect.as("o").will(Publish.of("open/will", "lost")));

    rules("rules: [{deny: publish, topics: secret/#}, {allow: both}]");
    expectEvent("client s may no longer publish its will to secret/will");

    secret.close();
    await().until(() -> count(Counter.CLIENTS_GONE) == 1);
    open.close();
    assertThat(watcher.receive().topic()).isEqualTo("open/will");
  }

  @BothVersions
  void aUserThatIsRemovedGoesAndItsSessionEnds(Version version) throws IOException, FileFault {
    user("anna", "admin");
    Peer anna = connect(version, as("anna").persistent());
    anna.subscribe("x", 1);

    users().remove("anna");

    anna.expectClosedFor(NOT_AUTHORIZED);
    expectEvent("client anna", "user anna was removed");
    assertThat(count(Counter.CLIENTS_EXPELLED)).isEqualTo(1);
    // The last user is gone: a name can no longer be proven, and is left aside on this machine.
    user("bert");
    assertThat(knock(version, as("anna"))).isEqualTo(code(version, 0x86, 4));
    user("anna", "admin");
    ConnAck again = open(version).connect(as("anna").persistent());
    assertThat(again.reasonCode()).isZero();
    assertThat(again.sessionPresent()).isFalse();
  }

  @BothVersions
  void anotherPasswordMeansAnotherConnection(Version version) throws IOException, FileFault {
    user("anna", "admin");
    Peer anna = connect(version, as("anna").persistent());

    PasswordHash other = PasswordHash.of("battery staple".getBytes(StandardCharsets.UTF_8));
    users().change("anna", user -> user.withPassword(other));

    anna.expectClosedFor(NOT_AUTHORIZED);
    expectEvent("client anna", "the password of user anna has changed");
    assertThat(knock(version, as("anna"))).isEqualTo(code(version, 0x86, 4));
    ConnAck again =
        open(version).connect(Connect.as("anna").user("anna", "battery staple").persistent());
    assertThat(again.sessionPresent()).isTrue();
  }

  @BothVersions
  void whoReturnsWithAnotherPasswordAndFewerGroupsKeepsNothingOfTheOthers(Version version)
      throws IOException, FileFault {
    user("anna", "admin");
    Peer anna = connect(version, as("anna").persistent());
    anna.subscribe("#", 1);
    anna.subscribe("test", 1);

    PasswordHash other = PasswordHash.of("battery staple".getBytes(StandardCharsets.UTF_8));
    users().change("anna", user -> user.withPassword(other).withGroups(List.of(User.DEVICE)));
    anna.expectClosedFor(NOT_AUTHORIZED);
    Peer publisher = connect(version, Connect.as("publisher"));
    publish(publisher, "elsewhere", "queued");

    Peer again = open(version);
    assertThat(
            again
                .connect(Connect.as("anna").user("anna", "battery staple").persistent())
                .sessionPresent())
        .isTrue();
    again.expectNothingBeforePong();
    assertThat(count(Counter.SUBSCRIPTIONS_REVOKED)).isEqualTo(1);
    publish(publisher, "elsewhere", "later");
    publish(publisher, "test", "later");
    assertThat(again.receive().topic()).isEqualTo("test");
  }

  @BothVersions
  void otherGroupsCountAtOnce(Version version) throws IOException, FileFault {
    user("anna", "admin");
    Peer anna = connect(version, as("anna"));
    anna.subscribe("#", 0);
    anna.subscribe("test", 0);

    users().change("anna", user -> user.withGroups(List.of(User.DEVICE)));

    await().until(() -> count(Counter.SUBSCRIPTIONS_REVOKED) == 1);
    Peer other = connect(version, Connect.as("other"));
    publish(other, "elsewhere", "x");
    publish(other, "test", "x");
    assertThat(anna.receive().topic()).isEqualTo("test");
    users().change("anna", user -> user.enabled(false));
    anna.expectClosedFor(NOT_AUTHORIZED);
  }

  /** Before MQTT 5 there is no delay. */
  @Test
  void aDelayedWillIsLookedAtToo() throws IOException {
    Version version = Version.V5;
    rules(ALL);
    Peer watcher = connect(version, Connect.as("watcher"));
    watcher.subscribe("secret/will", 0);
    Connect delayed =
        Connect.as("delayed")
            .persistent()
            .will(Publish.of("secret/will", "lost"), Property.of(Property.WILL_DELAY, 3600));
    connect(version, delayed).close();
    await().until(() -> count(Counter.CLIENTS_GONE) == 1);
    rules("rules: [{deny: publish, topics: secret/#}, {allow: both}]");
    expectEvent("client delayed may no longer publish its will to secret/will");
    // Its session ends now, which would publish the will at once.
    connect(version, Connect.as("delayed"));
    watcher.expectNothingBeforePong();
  }
}
