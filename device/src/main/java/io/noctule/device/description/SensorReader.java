package io.noctule.device.description;

import io.noctule.device.description.SensorSource.Linear;
import io.noctule.device.description.SensorSource.Simulated.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Reads one sensor of the file. */
final class SensorReader {
  private final String name;
  private final Section section;
  private final FileNames files;

  SensorReader(String name, Section section, FileNames files) {
    this.name = name;
    this.section = section;
    this.files = files;
  }

  SensorDescription read() {
    int kind = section.requiredWord(Keys.KIND);
    List<Key> own =
        switch (Keys.KIND.words().get(kind)) {
          case "system" -> Keys.OF_SYSTEM;
          case "file" -> Keys.OF_FILE;
          case "command" -> Keys.OF_COMMAND;
          default -> Keys.OF_SIMULATED;
        };
    List<Key> known = new ArrayList<>(Keys.OF_SENSOR);
    known.addAll(own);
    section.refuseOthers(known);
    Sampling sampling = sampling();
    SensorSource source =
        switch (Keys.KIND.words().get(kind)) {
          case "system" -> system();
          case "file" -> file();
          case "command" -> command();
          default -> simulated();
        };
    String unit = section.text(Keys.UNIT).orElse(source.defaultUnit());
    return section.make(() -> new SensorDescription(source, unit, sampling));
  }

  private Sampling sampling() {
    double interval = section.number(Keys.INTERVAL, Sampling.DEFAULT.intervalSeconds());
    double sensitivity = section.number(Keys.SENSITIVITY, Sampling.DEFAULT.sensitivity());
    var maxSilence = section.number(Keys.MAX_SILENCE);
    boolean enabled = section.flag(Keys.ENABLED, true);
    return new Sampling(interval, sensitivity, maxSilence, enabled);
  }

  private SensorSource system() {
    SystemMetric metric = SystemMetric.values()[section.requiredWord(Keys.METRIC)];
    Optional<String> path = section.text(Keys.DISK_PATH);
    if (path.isPresent() && !metric.usesPath()) {
      section.refuse(Keys.DISK_PATH, metric.key() + " has none");
    }
    Path resolved =
        path.isPresent() ? files.resolve(section, Keys.DISK_PATH, path.get()) : files.root();
    return new SensorSource.OfSystem(metric, resolved);
  }

  private SensorSource file() {
    Path path = files.resolve(section, Keys.PATH, section.requiredText(Keys.PATH));
    return new SensorSource.OfFile(path, linear(), pattern());
  }

  private SensorSource command() {
    List<String> command = section.requiredTexts(Keys.COMMAND);
    Duration timeout = seconds(Keys.TIMEOUT, SensorSource.OfCommand.DEFAULT_TIMEOUT_SECONDS);
    Linear linear = linear();
    Pattern pattern = pattern();
    JsonPointer pointer = pointer();
    return section.make(
        () -> new SensorSource.OfCommand(command, timeout, linear, pattern, pointer));
  }

  private SensorSource simulated() {
    Shape shape = section.word(Keys.SHAPE).map(i -> Shape.values()[i]).orElse(Shape.SINE);
    double min = section.number(Keys.MIN, 0);
    double max = section.number(Keys.MAX, 100);
    Duration period = seconds(Keys.PERIOD, 60);
    long seed = section.wholeNumber(Keys.SEED, name.hashCode());
    return section.make(() -> new SensorSource.Simulated(shape, min, max, period, seed));
  }

  private Duration seconds(Key key, double standard) {
    return Duration.ofNanos(Math.round(section.number(key, standard) * 1e9));
  }

  private Linear linear() {
    double scale = section.number(Keys.SCALE, 1);
    double offset = section.number(Keys.OFFSET, 0);
    return section.make(() -> new Linear(scale, offset));
  }

  private @Nullable Pattern pattern() {
    Optional<String> text = section.text(Keys.PATTERN);
    try {
      return text.isPresent() ? Pattern.compile(text.get()) : null;
    } catch (PatternSyntaxException e) {
      section.refuse(
          Keys.PATTERN,
          "must be a regular expression, was '%s': %s".formatted(text.get(), e.getDescription()));
      return null;
    }
  }

  private @Nullable JsonPointer pointer() {
    Optional<String> text = section.text(Keys.POINTER);
    try {
      return text.isPresent() ? JsonPointer.compile(text.get()) : null;
    } catch (IllegalArgumentException _) {
      section.refuse(
          Keys.POINTER, "must be a JSON pointer such as /a/b, was '%s'".formatted(text.get()));
      return null;
    }
  }
}
