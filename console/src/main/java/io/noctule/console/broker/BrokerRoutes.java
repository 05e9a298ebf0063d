package io.noctule.console.broker;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.session.Login;
import io.noctule.console.session.Person;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /broker}: how the broker is. */
public final class BrokerRoutes implements HttpService {
  private static final String VERSION = " version ";
  private static final double SECONDS_OF_A_MINUTE = 60;

  private final BrokerTopics topics;
  private final Supplier<@Nullable String> problem;
  private final Login login;

  /**
   * The route.
   *
   * @param problem why there is no connection to the broker; null where there is one
   */
  public BrokerRoutes(BrokerTopics topics, Supplier<@Nullable String> problem, Login login) {
    this.topics = topics;
    this.problem = problem;
    this.login = login;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/broker", this::show);
  }

  private void show(ServerRequest request, ServerResponse response) {
    Person person = login.person(request);
    if (!person.maySee(BrokerTopics.PREFIX + "uptime")) {
      throw new ProblemException(
          Problem.forbidden("%s may not see the broker's topics.".formatted(person.name())));
    }
    JsonBody.send(response, 200, view());
  }

  private Map<String, @Nullable Object> view() {
    String version = topics.text("version");
    int split = version.indexOf(VERSION);
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("name", split < 0 ? null : version.substring(0, split));
    view.put(
        "version", split < 0 ? textOrNull(version) : version.substring(split + VERSION.length()));
    view.put("uptimeSeconds", count("uptime"));
    view.put(
        "clients",
        counts(
            Map.entry("connected", new String[] {"clients/connected"}),
            Map.entry("disconnected", new String[] {"clients/disconnected"}),
            Map.entry("total", new String[] {"clients/total"}),
            Map.entry("maximum", new String[] {"clients/maximum"})));
    Map<String, @Nullable Object> messages =
        counts(
            Map.entry("received", new String[] {"publish/messages/received", "messages/received"}),
            Map.entry("sent", new String[] {"publish/messages/sent", "messages/sent"}),
            Map.entry("dropped", new String[] {"publish/messages/dropped"}));
    messages.put("receivedPerSecond", rate("load/publish/received/1min"));
    messages.put("sentPerSecond", rate("load/publish/sent/1min"));
    view.put("messages", messages);
    view.put("retained", count("retained messages/count"));
    view.put("subscriptions", count("subscriptions/count"));
    view.put("problem", problem.get());
    return view;
  }

  @SafeVarargs
  private Map<String, @Nullable Object> counts(Map.Entry<String, String[]>... entries) {
    var counts = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<String, String[]> entry : entries) {
      counts.put(entry.getKey(), count(entry.getValue()));
    }
    return counts;
  }

  private @Nullable Long count(String... names) {
    OptionalDouble number = topics.number(names);
    return number.isEmpty() ? null : Math.round(number.getAsDouble());
  }

  /** The loads are counts of a minute. */
  private @Nullable Double rate(String name) {
    OptionalDouble number = topics.number(name);
    return number.isEmpty() ? null : number.getAsDouble() / SECONDS_OF_A_MINUTE;
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
