package io.noctule.conformance.access;

import io.noctule.access.login.Logins;
import io.noctule.access.rule.Anonymous;
import io.noctule.access.user.Users;
import io.noctule.broker.loop.Ticker;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.RawWebSocket;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A browser on this machine runs the pages of strangers: that its connections come from here proves
 * nothing.
 */
class ForeignPageTest {
  private static final String ACCEPTED = "20 02 00 00";
  private static final String NOT_AUTHORIZED = "20 02 00 05";

  private static final Logins LOGINS =
      new Logins(() -> Users.NONE, () -> Anonymous.LOCAL, Ticker.SYSTEM);

  /** With nobody's users and rules. */
  @RegisterExtension static final BrokerUnderTest PLAIN = new BrokerUnderTest();

  /** With users, of which there are none yet. */
  @RegisterExtension
  static final BrokerUnderTest WITH_USERS =
      new BrokerUnderTest(builder -> builder.authenticator(LOGINS));

  @AfterAll
  static void close() {
    LOGINS.close();
  }

  private static void expect(BrokerUnderTest broker, String origin, String answer) {
    try (var page = RawWebSocket.open(broker.webSocketPort())) {
      page.handshakeFrom(origin);
      page.send(Connect.as("page").encode(Version.V3_1_1));
      page.expectBytes(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://evil.example:8083",
        "http://localhost.evil.example",
        "http://192.0.2.7",
        "null",
        "http://localhost http://evil.example"
      })
  void aPageOfAnotherPlaceIsNoClientOfThisMachine(String origin) {
    expect(PLAIN, origin, NOT_AUTHORIZED);
    expect(WITH_USERS, origin, NOT_AUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "https://LOCALHOST:8443",
        "http://127.0.0.1:3000",
        "http://[::1]:3000"
      })
  void aPageOfThisMachineIs(String origin) {
    expect(PLAIN, origin, ACCEPTED);
    expect(WITH_USERS, origin, ACCEPTED);
  }
}
