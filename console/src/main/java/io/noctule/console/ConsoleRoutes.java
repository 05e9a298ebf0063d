package io.noctule.console;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.noctule.console.broker.BrokerRoutes;
import io.noctule.console.broker.BrokerTopics;
import io.noctule.console.device.DeviceDirectory;
import io.noctule.console.device.DeviceRoutes;
import io.noctule.console.http.ErrorAnswers;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.http.RequestGuard;
import io.noctule.console.mqtt.PersonalPublisher;
import io.noctule.console.page.PageFiles;
import io.noctule.console.relay.RelayGate;
import io.noctule.console.series.SeriesRoutes;
import io.noctule.console.session.Login;
import io.noctule.console.session.SessionRoutes;
import io.noctule.console.session.Sessions;
import io.noctule.console.session.SetupToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is where: the API below {@code /api/v1}, the relay at {@code /mqtt}, else the page. */
final class ConsoleRoutes {
  private static final String API = "/api/v1";

  private final RequestGuard guard;
  private final RelayGate relay;
  private final HttpService[] services;

  ConsoleRoutes(
      ConsoleConfig config,
      boolean loopback,
      int port,
      SetupToken setup,
      Sessions sessions,
      DeviceDirectory directory,
      BrokerTopics topics,
      Supplier<@Nullable String> brokerProblem) {
    var login = new Login(sessions, config.people(), port, config.tls() != null);
    guard = new RequestGuard(loopback, config.allowedHosts(), RelayGate.PATH);
    relay = new RelayGate(config.broker(), config.credentials(), login, sessions);
    services =
        new HttpService[] {
          new SessionRoutes(config.people(), login, setup, System::nanoTime),
          new DeviceRoutes(
              directory,
              new PersonalPublisher(config.broker(), config.credentials()),
              login,
              config.answerLimit()),
          new SeriesRoutes(config.history(), directory, login, InstantSource.system()),
          new BrokerRoutes(topics, brokerProblem, login),
          new ApiDescription()
        };
  }

  HttpRouting.Builder http() {
    HttpRouting.Builder routing = HttpRouting.builder().addFilter(guard).addFilter(relay);
    ErrorAnswers.install(routing);
    return routing.register(API, services).register("/", new PageFiles());
  }

  /** What is below the API's path. */
  List<HttpService> services() {
    return List.of(services);
  }

  WsRouting.Builder webSocket() {
    return relay.routing();
  }

  /** The description of the API, and the end of what is there. */
  private static final class ApiDescription implements HttpService {
    private static final String FILE = "openapi.json";

    private final byte[] text;

    private ApiDescription() {
      try (InputStream in = ApiDescription.class.getResourceAsStream(FILE)) {
        if (in == null) {
          throw new IllegalStateException(FILE + " is missing from the program");
        }
        text = in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void routing(HttpRules rules) {
      rules.get("/" + FILE, this::send).any("/*", this::nothing);
    }

    private void send(ServerRequest request, ServerResponse response) {
      response.headers().set(HeaderNames.CONTENT_TYPE, JsonBody.MEDIA_TYPE);
      response.send(text);
    }

    /** Without it the page would answer for a route that does not exist. */
    private void nothing(ServerRequest request, ServerResponse response) {
      JsonBody.send(
          response,
          Problem.notFound(
              "There is no %s %s; /api/v1/openapi.json lists what there is."
                  .formatted(
                      request.prologue().method().text(), request.prologue().uriPath().path())));
    }
  }
}
