package io.noctule.device.agent;

import io.noctule.device.Message;
import io.noctule.device.description.ConfigurationPatch;
import io.noctule.device.description.DeviceConfiguration;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.PatchResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration in force and what it takes to have it again after a restart. A change is in
 * force when it is on disk, and not before. Owned by the agent's loop.
 */
final class ConfigurationKeeper {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final AgentFolder folder;
  private final InstantSource clock;
  private final AppliedChanges appliedChanges;
  private DeviceConfiguration configuration;
  private Optional<Change> change;
  private Set<String> subscriptions;

  private ConfigurationKeeper(
      AgentFolder folder,
      InstantSource clock,
      DeviceConfiguration configuration,
      AppliedChanges appliedChanges,
      Optional<Change> change,
      Set<String> subscriptions) {
    this.folder = folder;
    this.clock = clock;
    this.configuration = configuration;
    this.appliedChanges = appliedChanges;
    this.change = change;
    this.subscriptions = subscriptions;
  }

  /**
   * What an earlier run has kept, laid over the description.
   *
   * @param problems is told what of it could not be used
   * @throws AgentException where it cannot be read
   */
  static ConfigurationKeeper open(
      AgentFolder folder,
      DeviceDescription description,
      InstantSource clock,
      Consumer<String> problems)
      throws AgentException {
    try {
      String text = folder.readConfiguration();
      JsonNode kept = text == null ? JsonNodeFactory.instance.objectNode() : parse(text);
      if (kept == null) {
        folder.setConfigurationAside();
        problems.accept(
            "the kept configuration is damaged and was set aside as configuration.json.damaged: the device description alone is in force");
        kept = JsonNodeFactory.instance.objectNode();
      }
      return open(folder, description, clock, problems, kept);
    } catch (IOException e) {
      throw new AgentException("the kept configuration cannot be read: " + e.getMessage(), e);
    }
  }

  private static ConfigurationKeeper open(
      AgentFolder folder,
      DeviceDescription description,
      InstantSource clock,
      Consumer<String> problems,
      JsonNode kept) {
    DeviceConfiguration configuration = DeviceConfiguration.of(description);
    if (!kept.isEmpty()) {
      DeviceConfiguration.Restored restored = DeviceConfiguration.restore(description, kept);
      restored.messages().forEach(problems);
      configuration = restored.configuration();
    }
    var subscriptions = new LinkedHashSet<String>();
    kept.path("subscriptions").forEach(filter -> subscriptions.add(filter.asString("")));
    return new ConfigurationKeeper(
        folder,
        clock,
        configuration,
        new AppliedChanges(
            kept.path("applied").valueStream().map(key -> key.asString("")).toList()),
        Change.fromJson(kept.path("change")),
        subscriptions);
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json.isObject() ? json : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  /** What is in force. */
  DeviceConfiguration configuration() {
    return configuration;
  }

  /** What came of the last change; empty before the first. */
  Optional<Change> change() {
    return change;
  }

  /**
   * Applies a change, or refuses it, and remembers that. One that was applied before is not applied
   * again.
   *
   * @return what came of it; empty where it was known
   */
  Optional<PatchResult> apply(Message message) {
    PatchResult result = ConfigurationPatch.apply(configuration, message.payload());
    if (appliedChanges.contains(message, result.changeId())) {
      return Optional.empty();
    }
    if (result instanceof PatchResult.Applied applied) {
      DeviceConfiguration before = configuration;
      Optional<Change> changeBefore = change;
      configuration = applied.configuration();
      change = Optional.of(Change.of(result, clock.instant()));
      appliedChanges.add(message, result.changeId());
      try {
        write();
        return Optional.of(result);
      } catch (IOException e) {
        configuration = before;
        change = changeBefore;
        appliedChanges.remove(message, result.changeId());
        result =
            new PatchResult.Refused(
                List.of("the device cannot keep the change: " + e.getMessage()), result.changeId());
      }
    }
    change = Optional.of(Change.of(result, clock.instant()));
    return Optional.of(result);
  }

  /**
   * Keeps what is in force at the start, and what the device subscribes to from now on.
   *
   * @return what an earlier run had subscribed to beside that: the broker still has it
   * @throws IOException where it cannot be kept
   */
  Set<String> begin(Set<String> subscribed) throws IOException {
    var left = new LinkedHashSet<>(subscriptions);
    left.removeAll(subscribed);
    subscriptions = new LinkedHashSet<>(subscribed);
    write();
    return left;
  }

  private void write() throws IOException {
    ObjectNode json = configuration.toStoredJson();
    change.ifPresent(last -> json.set("change", last.toJson()));
    appliedChanges.toList().forEach(json.withArray("applied")::add);
    subscriptions.forEach(json.withArray("subscriptions")::add);
    folder.writeConfiguration(json.toPrettyString());
  }
}
