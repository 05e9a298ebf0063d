package io.noctule.console.device;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.mqtt.PersonalPublisher;
import io.noctule.console.session.Login;
import io.noctule.console.session.Person;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /devices}: what devices say, and changes of their configuration. */
public final class DeviceRoutes implements HttpService {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String CHANGE_ID = "change_id";

  private final DeviceDirectory directory;
  private final PersonalPublisher publisher;
  private final Login login;
  private final Duration answerLimit;

  /**
   * The routes.
   *
   * @param answerLimit how long a change waits for the device's answer
   */
  public DeviceRoutes(
      DeviceDirectory directory, PersonalPublisher publisher, Login login, Duration answerLimit) {
    this.directory = directory;
    this.publisher = publisher;
    this.login = login;
    this.answerLimit = answerLimit;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/devices", this::list)
        .get("/devices/{id}", this::show)
        .get("/devices/{id}/latest", this::latest)
        .patch("/devices/{id}/configuration", this::change);
  }

  private void list(ServerRequest request, ServerResponse response) {
    List<Map<String, @Nullable Object>> devices =
        directory.seenBy(login.person(request)).stream().map(DeviceView::summary).toList();
    JsonBody.send(response, 200, Map.of("devices", devices));
  }

  private void show(ServerRequest request, ServerResponse response) {
    JsonBody.send(response, 200, DeviceView.whole(device(request)));
  }

  private void latest(ServerRequest request, ServerResponse response) {
    JsonBody.send(response, 200, DeviceView.latest(device(request)));
  }

  private DeviceState device(ServerRequest request) {
    return device(request, login.person(request));
  }

  private DeviceState device(ServerRequest request, Person person) {
    String id = request.path().pathParameters().get("id");
    return directory
        .find(person, id)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "There is no device '%s', or %s may not see it."
                            .formatted(id, person.name()))));
  }

  private void change(ServerRequest request, ServerResponse response) {
    Person person = login.person(request);
    DeviceState device = device(request, person);
    ObjectNode patch = JsonBody.read(request, MERGE_PATCH);
    if (patch.has(CHANGE_ID)) {
      throw new ProblemException(
          Problem.badValue(CHANGE_ID, "change_id is given by the console; leave it out."));
    }
    String topic = "config_change/" + requireTopicLevel(device.id());
    String changeId = UUID.randomUUID().toString();
    patch.put(CHANGE_ID, changeId);
    CompletableFuture<Twin> answer = directory.changes().await(device.id(), changeId);
    try {
      publisher.publish(person, topic, JsonBody.MAPPER.writeValueAsBytes(patch));
      answer(response, answer.get(answerLimit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      var body = new LinkedHashMap<String, Object>();
      body.put("state", "sent");
      body.put("changeId", changeId);
      JsonBody.send(response, 202, body);
    } catch (ExecutionException e) {
      throw new AssertionError("an answer never fails", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("The console is ending."));
    } finally {
      directory.changes().forget(changeId);
    }
  }

  /** A device may call itself what it wants on the topic for all; not everything is a level. */
  private static String requireTopicLevel(String id) {
    if (id.chars().anyMatch(c -> c == '/' || c == '+' || c == '#' || c == 0)) {
      throw new ProblemException(
          Problem.badValue(
              "id", "The device's name has characters that no topic has; it cannot be changed."));
    }
    return id;
  }

  private static void answer(ServerResponse response, Twin twin) {
    Twin.Change change = twin.change().orElseThrow();
    if (!change.applied()) {
      JsonBody.send(
          response,
          Problem.of(
                  409,
                  "The device refuses the change",
                  change.reasons().isEmpty()
                      ? "The device gives no reason."
                      : String.join("; ", change.reasons()))
              .with("state", "refused")
              .with("reasons", change.reasons()));
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("state", "applied");
    body.put("revision", twin.configuration().path("revision"));
    body.put("configuration", twin.configuration());
    JsonBody.send(response, 200, body);
  }
}
