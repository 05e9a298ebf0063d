package io.noctule.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.access.file.FileFault;
import io.noctule.broker.loop.Counter;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.io.IOException;

/** Who comes in, and whose session is whose. */
class LoginTest extends GuardedConversation {
  private static final int BAD_CREDENTIALS = 0x86;
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int CONNECTION_RATE_EXCEEDED = 0x9F;
  private static final int WRONG_ONES = 10;

  @BothVersions
  void aNameHasToBeProven(Version version) throws IOException, FileFault {
    user("anna", "admin");
    assertThat(knock(version, as("anna"))).isZero();
    int refused = code(version, BAD_CREDENTIALS, 4);
    assertThat(knock(version, Connect.as("a").user("anna", "wrong"))).isEqualTo(refused);
    assertThat(knock(version, Connect.as("a").user("anna", null))).isEqualTo(refused);
    assertThat(knock(version, Connect.as("a").user("bert", PASSWORD))).isEqualTo(refused);
    assertThat(count(Counter.CLIENTS_REFUSED_CREDENTIALS)).isEqualTo(3);
    expectEvent("wrong password of user anna");
    expectEvent("there is no user bert; noctule user add makes one");
  }

  @BothVersions
  void guessingEnds(Version version) throws IOException, FileFault {
    user("anna", "admin");
    user("bert", "admin");
    assertThat(knock(version, as("anna"))).isZero();
    for (int i = 0; i < WRONG_ONES; i++) {
      assertThat(knock(version, Connect.as("guesser").user("bert", "guess" + i)))
          .isEqualTo(code(version, BAD_CREDENTIALS, 4));
    }
    assertThat(knock(version, as("bert")))
        .as("the right one, from where too many wrong ones came")
        .isEqualTo(code(version, CONNECTION_RATE_EXCEEDED, 3));
    assertThat(count(Counter.CLIENTS_REFUSED_BUSY)).isEqualTo(1);
    assertThat(knock(version, as("anna"))).as("one that was right before").isZero();
    assertThat(knock(version, Connect.as("local"))).as("without a name").isZero();
  }

  @BothVersions
  void nobodyTakesAnothersSession(Version version) throws IOException, FileFault {
    user("anna", "admin");
    user("bert", "admin");
    Peer anna = connect(version, Connect.as("shared").user("anna", PASSWORD).persistent());
    anna.subscribe("for/anna", 1);
    int refused = code(version, NOT_AUTHORIZED, 5);
    for (Connect stranger :
        new Connect[] {
          Connect.as("shared").user("bert", PASSWORD),
          Connect.as("shared").user("bert", PASSWORD).persistent(),
          Connect.as("shared")
        }) {
      assertThat(knock(version, stranger)).as("while she is connected").isEqualTo(refused);
    }
    anna.expectNothingBeforePong();
    expectEvent("user bert comes with a client identifier that belongs to user anna");
    expectEvent("a client without a user name comes with a client identifier that belongs to");

    anna.disconnect();
    assertThat(knock(version, Connect.as("shared").user("bert", PASSWORD).persistent()))
        .as("while her session waits")
        .isEqualTo(refused);
    Peer publisher = connect(version, as("bert"));
    publish(publisher, "for/anna", "only");
    Peer back = open(version);
    assertThat(
            back.connect(Connect.as("shared").user("anna", PASSWORD).persistent()).sessionPresent())
        .isTrue();
    assertThat(back.receive().payload()).isEqualTo("only");
  }

  @BothVersions
  void aUserTakesOverFromItself(Version version) throws IOException, FileFault {
    user("anna", "admin");
    Peer first = connect(version, as("anna"));
    Peer second = connect(version, as("anna"));
    first.expectClosedFor(0x8E);
    second.expectNothingBeforePong();
  }

  @BothVersions
  void aTokenIsGoodOnce(Version version) throws IOException, FileFault {
    user("anna", "admin");
    String token = access().tokens().issue("anna");
    Peer anna = connect(version, Connect.as("console").user("anna", token));
    assertThat(anna.subscribe("#", 0)).isZero();
    assertThat(knock(version, Connect.as("thief").user("anna", token)))
        .isEqualTo(code(version, BAD_CREDENTIALS, 4));
  }

  @BothVersions
  void partsOfTheProgramAreLetInWhateverTheRulesSay(Version version) throws IOException {
    rules("{anonymous: none, rules: []}");
    var own = access().ownLogin();
    Peer history = connect(version, Connect.as("history").user(own.userName(), own.password()));
    assertThat(history.subscribe("sensor_data/#", 1)).isEqualTo(1);
    history.send(Publish.of("sensor_data/x", "1"));
    assertThat(history.receive().payload()).isEqualTo("1");
    assertThat(history.subscribe("$SYS/#", 0)).isZero();
  }
}
