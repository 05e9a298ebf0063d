package io.noctule.device.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.noctule.device.Message;
import io.noctule.device.action.ActionEvent.Outcome;
import io.noctule.device.description.ActionDescription;
import io.noctule.device.description.ActionStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class ActionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<ActionEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private final ActionContext context =
      new ActionContext() {
        @Override
        public String deviceId() {
          return "bat";
        }

        @Override
        public CompletableFuture<Void> publish(
            String topic, byte[] payload, int qos, boolean retain) {
          if (topic.contains("#")) {
            throw new IllegalArgumentException("no wildcards");
          }
          published.add(topic + " " + new String(payload, UTF_8) + " " + qos + " " + retain);
          return CompletableFuture.completedFuture(null);
        }
      };

  private Actions actions(ActionDescription... descriptions) {
    return Actions.of(List.of(descriptions), context, events::add, nanos::get);
  }

  private static ActionDescription on(String filter, @Nullable String when, ActionStep step) {
    return new ActionDescription(filter, Optional.ofNullable(when), step);
  }

  private static Message message(String topic, String payload) {
    return new Message(topic, payload.getBytes(UTF_8), 1, false);
  }

  private void awaitEvents(int count) {
    await().atMost(LIMIT).until(() -> events.size() == count);
  }

  @Test
  void logsAndPublishesWhereTopicAndConditionMatch() {
    try (Actions actions =
        actions(
            on("house/+/light", "msg == 'ON'", new ActionStep.Log("light in ${topic}: ${msg}")),
            on(
                "#",
                "temperature > 30",
                new ActionStep.Publish(
                    "alarm/${client}", "{\"t\":${temperature},\"of\":\"${client}\"}", 1, true)))) {
      assertThat(actions.filters()).containsExactly("house/+/light", "#");
      actions.onMessage(message("house/hall/light", "{\"msg\":\"ON\"}"));
      actions.onMessage(message("house/hall/light", "{\"msg\":\"OFF\"}"));
      actions.onMessage(message("house/light", "{\"msg\":\"ON\"}"));
      actions.onMessage(message("sensor_data/x", "{\"client\":\"a\\\"b\",\"temperature\":31}"));
      actions.onMessage(message("$SYS/x", "{\"client\":\"y\",\"temperature\":31}"));
      assertThat(events)
          .containsExactly(
              new ActionEvent("actions[0]", Outcome.LOGGED, "light in house/hall/light: ON"),
              new ActionEvent("actions[1]", Outcome.DONE, "published 20 bytes to 'alarm/a\"b'"));
      assertThat(published).containsExactly("alarm/a\"b {\"t\":31,\"of\":\"a\\\"b\"} 1 true");
      assertThat(actions.counts())
          .containsExactly(new ActionCounts(1, 0, 0), new ActionCounts(1, 0, 0));
    }
  }

  @Test
  void aMessageChoosesNoTopicBeyondItsLevel() {
    try (Actions actions =
        actions(on("t", null, new ActionStep.Publish("reply/${to}", "x", 0, false)))) {
      actions.onMessage(message("t", "{\"to\":\"a/b\"}"));
      actions.onMessage(message("t", "{\"to\":\"#\"}"));
      actions.onMessage(message("t", "{}"));
      assertThat(published).isEmpty();
      assertThat(events)
          .extracting(ActionEvent::text)
          .containsExactly(
              "a value with '/' must not change the levels of the topic 'reply/${to}'",
              "'reply/#' is not a topic: no wildcards",
              "the message has no value for ${to}");
      assertThat(actions.counts()).containsExactly(new ActionCounts(0, 3, 0));
    }
  }

  @Test
  void runsProgramsWithEachPlaceholderInOneArgument() {
    try (Actions actions =
        actions(
            on(
                "t",
                null,
                new ActionStep.Run(
                    List.of("printf", "[%s]", "${msg}", "x=${msg};"), Duration.ofSeconds(20))))) {
      actions.onMessage(message("t", "{\"msg\":\"a b; $(reboot) `x` 'q' \\\"\"}"));
      awaitEvents(1);
      assertThat(events.getFirst())
          .isEqualTo(
              new ActionEvent(
                  "actions[0]",
                  Outcome.DONE,
                  "'printf' ended with status 0: [a b; $(reboot) `x` 'q' \"][x=a b; $(reboot) `x` 'q' \";]"));
    }
  }

  @Test
  void killsAProgramThatTakesTooLongWhileOthersGoOn() {
    try (Actions actions =
        actions(
            on("t", null, run(Duration.ofMillis(500), "sleep 1000 & wait")),
            on("t", null, run(LIMIT, "echo oops >&2; exit 3")),
            on("t", null, new ActionStep.Run(List.of("no-such-program"), LIMIT)),
            on("t", null, new ActionStep.Log("still there")))) {
      actions.onMessage(message("t", ""));
      awaitEvents(4);
      assertThat(events)
          .extracting(ActionEvent::text)
          .satisfiesOnlyOnce(text -> assertThat(text).isEqualTo("'sh' was killed after 0.5 s"))
          .satisfiesOnlyOnce(text -> assertThat(text).isEqualTo("'sh' ended with status 3: oops"))
          .satisfiesOnlyOnce(text -> assertThat(text).startsWith("'no-such-program' was not run: "))
          .contains("still there");
    }
  }

  private static ActionStep run(Duration limit, String script) {
    return new ActionStep.Run(List.of("sh", "-c", script), limit);
  }

  @Test
  void keepsTheOrderOfOneActionAndBoundsWhatWaits() throws Exception {
    Path log = folder.resolve("log");
    Path gate = folder.resolve("gate");
    String script = "while [ ! -e \"$1\" ]; do sleep 0.05; done; echo \"$2\" >> \"$3\"";
    try (Actions actions =
        actions(
            on(
                "t",
                null,
                new ActionStep.Run(
                    List.of(
                        "sh", "-c", script, "sh", gate.toString(), "${payload}", log.toString()),
                    LIMIT)))) {
      for (int i = 0; i < 110; i++) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        actions.onMessage(message("t", "" + i));
      }
      await().atMost(LIMIT).until(() -> !events.isEmpty());
      assertThat(events.getFirst().outcome()).isEqualTo(Outcome.DROPPED);
      assertThat(events.getFirst().text())
          .isEqualTo("100 messages wait for it already (1 dropped so far)");
      long dropped = actions.counts().getFirst().dropped();
      assertThat(dropped).isBetween(9L, 10L);
      Files.createFile(gate);
      await().atMost(LIMIT).until(() -> actions.counts().getFirst().done() == 110 - dropped);
      assertThat(Files.readAllLines(log))
          .isEqualTo(IntStream.range(0, (int) (110 - dropped)).mapToObj(i -> "" + i).toList());
    }
  }

  @Test
  void boundsWhatAnActionDoesASecond() {
    try (Actions actions = actions(on("t", null, new ActionStep.Publish("t", "again", 0, false)))) {
      for (int i = 0; i < 1_000; i++) {
        actions.onMessage(message("t", "again"));
      }
      assertThat(published).hasSize(RateBound.BURST);
      assertThat(actions.counts()).containsExactly(new ActionCounts(50, 0, 950));
      assertThat(events)
          .filteredOn(event -> event.outcome() == Outcome.DROPPED)
          .hasSize(10)
          .first()
          .extracting(ActionEvent::text)
          .isEqualTo("more than 10 messages a second: does it answer itself? (1 dropped so far)");
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      for (int i = 0; i < 100; i++) {
        actions.onMessage(message("t", "again"));
      }
      assertThat(published).hasSize(RateBound.BURST + RateBound.PER_SECOND);
    }
  }

  @Test
  void callsJavaCodeThatTheServiceLoaderFinds() {
    var options = JsonNodeFactory.instance.objectNode().put("on_degrees", 90);
    try (Actions actions = actions(on("servo", null, new ActionStep.Java("servo", options)))) {
      actions.onMessage(message("servo", "ON"));
      actions.onMessage(message("servo", "{\"msg\":\"OFF\"}"));
      awaitEvents(2);
      assertThat(published).containsExactly("servo/position 90 1 true", "servo/position 0 1 true");
    }
  }

  @Test
  void namesWhatIsWrongInADescription() {
    var none = JsonNodeFactory.instance.objectNode();
    assertThatThrownBy(() -> actions(on("t", "a =", new ActionStep.Log("x"))))
        .hasMessage("actions[0].when: column 3: compare with '==', not '='");
    assertThatThrownBy(() -> actions(on("t", null, new ActionStep.Log("${"))))
        .hasMessage("actions[0].log: column 1: the placeholder that begins here has no '}'");
    assertThatThrownBy(() -> actions(on("t", null, new ActionStep.Publish("a", "{", 0, false))))
        .hasMessageStartingWith("actions[0].publish.payload: begins like JSON and is none: ");
    assertThatThrownBy(() -> new ActionStep.Publish("a", "", 2, false))
        .hasMessage("qos: must be 0 or 1, was 2");
    assertThatThrownBy(() -> actions(on("t", null, new ActionStep.Run(List.of("${msg}"), LIMIT))))
        .hasMessage("actions[0].run: a message must not choose the program, was '${msg}'");
    assertThatThrownBy(() -> actions(on("t", null, new ActionStep.Java("door", none))))
        .hasMessage("actions[0].java: no action is named 'door'; there are: servo");
    assertThatThrownBy(() -> actions(on("t", null, new ActionStep.Java("servo", none))))
        .hasMessage("actions[0].java: on_degrees: must be a whole number");
  }
}
