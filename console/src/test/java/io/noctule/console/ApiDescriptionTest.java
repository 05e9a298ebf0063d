package io.noctule.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.noctule.console.broker.BrokerTopics;
import io.noctule.console.device.DeviceDirectory;
import io.noctule.console.http.JsonBody;
import io.noctule.console.mqtt.Account;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.console.session.People;
import io.noctule.console.session.Person;
import io.noctule.console.session.Sessions;
import io.noctule.console.session.SetupToken;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description of the API and the API are the same. */
class ApiDescriptionTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static JsonNode description = JsonBody.MAPPER.missingNode();

  @BeforeAll
  static void read() throws Exception {
    try (InputStream in = ConsoleRoutes.class.getResourceAsStream("openapi.json")) {
      description = JsonBody.MAPPER.readTree(Objects.requireNonNull(in));
    }
  }

  /** Nobody: no route is called here. */
  private static final class Nobody implements People {
    @Override
    public CompletionStage<Optional<Person>> authenticate(
        String user, String password, InetAddress from) {
      return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public boolean hasAdministrator() {
      return true;
    }

    @Override
    public CompletionStage<Person> createAdministrator(String user, String password) {
      return CompletableFuture.failedStage(new IllegalArgumentException(user));
    }
  }

  /** The routes of all services, as they declare them. */
  private static Set<String> routes() {
    var config =
        ConsoleConfig.of(
            BrokerEndpoint.plain("127.0.0.1", 1),
            BrokerCredentials.shared(Account.NONE),
            new Nobody());
    var routes =
        new ConsoleRoutes(
            config,
            true,
            1,
            new SetupToken(),
            new Sessions(System::nanoTime),
            new DeviceDirectory(InstantSource.system()),
            new BrokerTopics(),
            () -> null);
    var declared = new TreeSet<String>();
    var rules =
        (HttpRules)
            Proxy.newProxyInstance(
                HttpRules.class.getClassLoader(),
                new Class<?>[] {HttpRules.class},
                (proxy, method, arguments) -> declare(declared, proxy, method, arguments));
    for (HttpService service : routes.services()) {
      service.routing(rules);
    }
    return declared;
  }

  private static Object declare(
      Set<String> declared, Object proxy, Method method, Object[] arguments) {
    String path = (String) arguments[0];
    if (!path.endsWith("/*")) {
      declared.add(
          method.getName().toUpperCase(Locale.ROOT) + " /api/v1" + path.replace("{+", "{"));
    }
    return proxy;
  }

  private static Set<String> described() {
    var described = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        if (METHODS.contains(method)) {
          described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return described;
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    assertThat(described()).isNotEmpty().isEqualTo(routes());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = description.findValuesAsString("$ref");
    assertThat(references).isNotEmpty();
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(description.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void everyOperationTellsItsErrors() {
    for (JsonNode path : description.path("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.path("operationId").asString()).isNotEmpty();
        boolean isOpen =
            operation.path("security").isArray() && operation.path("security").isEmpty();
        assertThat(isOpen || operation.path("responses").has("401"))
            .as(operation.path("operationId").asString())
            .isTrue();
      }
    }
  }
}
