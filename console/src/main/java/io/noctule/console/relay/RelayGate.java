package io.noctule.console.relay;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.console.session.Login;
import io.noctule.console.session.LoginSession;
import io.noctule.console.session.Sessions;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code /mqtt}: lets those in who are logged in and may use the broker, and makes a relay for
 * each. Any thread.
 */
public final class RelayGate implements Filter {
  /** Where the page connects to. */
  public static final String PATH = "/mqtt";

  static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
  private static final String MQTT = "mqtt";

  private final BrokerEndpoint endpoint;
  private final BrokerCredentials credentials;
  private final Login login;
  private final Sessions sessions;
  private final RelayLimits limits = new RelayLimits();

  /** A gate to one broker. */
  public RelayGate(
      BrokerEndpoint endpoint, BrokerCredentials credentials, Login login, Sessions sessions) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.login = login;
    this.sessions = sessions;
  }

  /** The route behind the gate. */
  public WsRouting.Builder routing() {
    return WsRouting.builder().endpoint(PATH, this::relay);
  }

  private WsListener relay() {
    return new MqttRelay(endpoint, credentials, login, sessions, limits);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Optional<Problem> problem =
        request.prologue().uriPath().path().equals(PATH)
            ? check(request.headers())
            : Optional.empty();
    if (problem.isPresent()) {
      JsonBody.send(response, problem.get());
    } else {
      chain.proceed();
    }
  }

  private Optional<Problem> check(Headers headers) {
    if (!headers.contains(HeaderNames.UPGRADE)) {
      return Optional.of(
          Problem.of(426, "Upgrade required", "/mqtt is MQTT over WebSocket; connect with ws://."));
    }
    Optional<LoginSession> session = login.find(headers);
    if (session.isEmpty()) {
      return Optional.of(login.notLoggedIn());
    }
    if (!admits(credentials, session.get())) {
      return Optional.of(
          Problem.forbidden(
              "This broker does not know the console's users, so only administrators may use it"
                  + " from here."));
    }
    if (!offersMqtt(headers)) {
      return Optional.of(
          Problem.badValue(
              "Sec-WebSocket-Protocol", "The WebSocket must offer the subprotocol mqtt."));
    }
    return Optional.empty();
  }

  /** Whether somebody may use the broker now; rights come and go. */
  static boolean admits(BrokerCredentials credentials, LoginSession session) {
    return credentials.personal() || session.person().isAdmin();
  }

  private static boolean offersMqtt(Headers headers) {
    return headers.contains(PROTOCOL)
        && headers.get(PROTOCOL).allValues().stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .anyMatch(offer -> offer.strip().equals(MQTT));
  }

  static Headers answer() {
    return WritableHeaders.create().set(PROTOCOL, MQTT);
  }
}
