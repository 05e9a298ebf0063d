package io.noctule.device.description;

import io.noctule.device.host.HostName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code device.yaml}. All keys are checked, unknown ones refused with a suggestion, and all
 * that is wrong is told at once.
 *
 * @param environment what <code>${NAME}</code> stands for, everywhere but in actions, whose
 *     placeholders are values of the message
 * @param conditions checks the conditions of actions
 */
public record DescriptionReader(Map<String, String> environment, ConditionSyntax conditions) {
  private static final int MAX_BYTES = 1 << 20;
  private static final BigDecimal MAX_AGE_SECONDS = BigDecimal.valueOf(36_500L * 86_400);

  /** A reader with the environment of this process. */
  public static DescriptionReader ofProcess(ConditionSyntax conditions) {
    return new DescriptionReader(System.getenv(), conditions);
  }

  /**
   * The device that a file describes. Relative names in it start from its folder.
   *
   * @throws DescriptionException where the file cannot be read, or does not describe one
   */
  public DeviceDescription read(Path file) throws DescriptionException {
    String reason;
    try {
      if (Files.isDirectory(file)) {
        reason = "is a folder";
      } else if (Files.size(file) > MAX_BYTES) {
        reason = "is larger than " + MAX_BYTES + " bytes";
      } else {
        Path folder = file.toAbsolutePath().getParent();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return read(text, file.toString(), folder == null ? file.toAbsolutePath() : folder);
      }
    } catch (NoSuchFileException _) {
      reason = "there is no such file; noctule device --init writes one";
    } catch (AccessDeniedException _) {
      reason = "reading it is not allowed";
    } catch (CharacterCodingException _) {
      reason = "is not UTF-8 text";
    } catch (IOException e) {
      reason = "cannot be read: " + e.getMessage();
    }
    throw new DescriptionException(List.of(file + ": " + reason));
  }

  /**
   * The device that a text describes.
   *
   * @param yaml the text
   * @param name of the file, for messages
   * @param folder where relative names in it start from
   * @throws DescriptionException where it does not describe one
   */
  public DeviceDescription read(String yaml, String name, Path folder) throws DescriptionException {
    var problems = new Problems(name);
    YamlNode root = YamlReader.read(yaml, problems);
    problems.throwIfAny();
    if (!(root instanceof YamlNode.Mapping mapping)) {
      problems.add(root.line(), "", "must be keys such as id and sensors, was " + root.kind());
      problems.throwIfAny();
      throw new IllegalStateException("a problem was noted and not thrown");
    }
    var section = new Section("", withEnvironment(mapping, problems), problems);
    DeviceDescription description =
        Section.orNull(() -> read(section, new FileNames(folder), problems));
    problems.throwIfAny();
    if (description == null) {
      throw new IllegalStateException("no description and no problem");
    }
    return description;
  }

  private YamlNode.Mapping withEnvironment(YamlNode.Mapping root, Problems problems) {
    var values = new EnvironmentValues(environment, problems);
    var entries = new LinkedHashMap<String, YamlNode.Entry>();
    root.entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key,
                    key.equals(Keys.ACTIONS.name())
                        ? entry
                        : new YamlNode.Entry(entry.line(), values.in(entry.value(), key))));
    return new YamlNode.Mapping(entries, root.line());
  }

  private DeviceDescription read(Section root, FileNames files, Problems problems) {
    root.refuseOthers(Keys.DEVICE);
    String id = root.text(Keys.ID).orElseGet(HostName::current);
    BrokerDescription broker = Section.orNull(() -> new BrokerReader(root, files).read());
    String topic = root.text(Keys.TOPIC).orElseGet(() -> DeviceDescription.defaultTopic(id));
    TimeFormat timeFormat =
        root.word(Keys.TIME_FORMAT).map(i -> TimeFormat.values()[i]).orElse(TimeFormat.ISO);
    BufferDescription buffer = Section.orNull(() -> buffer(root));
    Map<String, SensorDescription> sensors = sensors(root, files, problems);
    List<ActionDescription> actions = actions(root, problems);
    ObjectNode custom = custom(root);
    return root.make(
        () ->
            new DeviceDescription(
                id,
                broker == null ? BrokerDescription.LOCAL : broker,
                topic,
                timeFormat,
                buffer == null ? BufferDescription.DEFAULT : buffer,
                sensors,
                actions,
                custom));
  }

  private static BufferDescription buffer(Section root) {
    Optional<Section> given = root.section(Keys.BUFFER);
    if (given.isEmpty()) {
      return BufferDescription.DEFAULT;
    }
    Section section = given.get();
    section.refuseOthers(Keys.OF_BUFFER);
    long maxBytes =
        section
            .amount(Keys.MAX_SIZE, Units.BYTES)
            .map(bytes -> bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue())
            .orElse(BufferDescription.DEFAULT.maxBytes());
    Optional<BigDecimal> maxAge = section.amount(Keys.MAX_AGE, Units.SECONDS);
    if (maxAge.isPresent() && maxAge.get().compareTo(MAX_AGE_SECONDS) > 0) {
      section.refuse(Keys.MAX_AGE, "must be " + Keys.MAX_AGE.range());
    }
    return section.make(
        () ->
            new BufferDescription(
                maxBytes,
                maxAge.map(
                    seconds -> Duration.ofSeconds(seconds.min(MAX_AGE_SECONDS).longValue()))));
  }

  private static Map<String, SensorDescription> sensors(
      Section root, FileNames files, Problems problems) {
    var sensors = new LinkedHashMap<String, SensorDescription>();
    Section all = Section.orNull(() -> root.section(Keys.SENSORS).orElse(null));
    if (all == null) {
      return sensors;
    }
    all.forEach(
        (name, entry) -> {
          try {
            DeviceDescription.requireSensorName(name);
          } catch (IllegalArgumentException e) {
            problems.add(entry.line(), "", String.valueOf(e.getMessage()));
            return;
          }
          SensorDescription sensor =
              Section.orNull(
                  () -> new SensorReader(name, all.section(name, entry.value()), files).read());
          if (sensor != null) {
            sensors.put(name, sensor);
          }
        });
    return sensors;
  }

  private List<ActionDescription> actions(Section root, Problems problems) {
    List<ActionDescription> actions = new ArrayList<>();
    Optional<YamlNode> given = root.node(Keys.ACTIONS);
    if (given.isPresent() && given.get() instanceof YamlNode.Sequence list) {
      for (int i = 0; i < list.elements().size(); i++) {
        YamlNode element = list.elements().get(i);
        String name = "actions[" + i + "]";
        ActionDescription action =
            Section.orNull(() -> new ActionReader(root.section(name, element), conditions).read());
        if (action != null) {
          actions.add(action);
        }
      }
    } else {
      given.ifPresent(
          other ->
              problems.add(
                  other.line(), Keys.ACTIONS.name(), "must be a list, was " + other.kind()));
    }
    return actions;
  }

  private static ObjectNode custom(Section root) {
    Optional<YamlNode> given = root.node(Keys.CUSTOM);
    if (given.isPresent() && given.get() instanceof YamlNode.Mapping mapping) {
      return mapping.toJson();
    }
    given.ifPresent(
        other -> root.refuse(Keys.CUSTOM, "must be a group of keys, was " + other.kind()));
    return JsonValues.NODES.objectNode();
  }
}
