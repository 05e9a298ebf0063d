package io.noctule.device.description;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/**
 * Where a sensor takes its values from. Never changed from outside: who may change an interval must
 * not be able to choose what the device reads or runs.
 */
public sealed interface SensorSource {
  /** Its name in {@code device.yaml}: {@code system}, {@code file} and so on. */
  String kind();

  /** The unit where none is given, empty for none. */
  default String defaultUnit() {
    return "";
  }

  /**
   * A value of the machine.
   *
   * @param metric which
   * @param path a file or folder on the file system that {@link SystemMetric#usesPath} asks for
   */
  record OfSystem(SystemMetric metric, Path path) implements SensorSource {
    @Override
    public String kind() {
      return "system";
    }

    @Override
    public String defaultUnit() {
      return metric.unit();
    }
  }

  /**
   * The number in a small text file, such as a thermal zone of Linux.
   *
   * @param path the file
   * @param linear what is made of the number
   * @param pattern where the number is in the text: its first group, or all it matches; null where
   *     the text is nothing but the number
   */
  record OfFile(Path path, Linear linear, @Nullable Pattern pattern) implements SensorSource {
    @Override
    public String kind() {
      return "file";
    }
  }

  /**
   * The number that a program prints. It is run without a shell.
   *
   * @param command the program and its arguments
   * @param timeout after which it is killed
   * @param linear what is made of the number
   * @param pattern as for a file; null with a pointer
   * @param pointer where the number is in the JSON that the program prints (RFC 6901); null with a
   *     pattern
   */
  record OfCommand(
      List<String> command,
      Duration timeout,
      Linear linear,
      @Nullable Pattern pattern,
      @Nullable JsonPointer pointer)
      implements SensorSource {
    static final NumberRange TIMEOUT = new NumberRange(0.1, 3_600, "seconds");
    static final double DEFAULT_TIMEOUT_SECONDS = 10;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where there is no program, or both a pattern and a pointer
     */
    public OfCommand {
      command = List.copyOf(command);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new IllegalArgumentException("command: must name a program");
      }
      if (pattern != null && pointer != null) {
        throw new IllegalArgumentException("pattern and pointer: only one of them can be given");
      }
      TIMEOUT.require("timeout", timeout.toNanos() / 1e9);
    }

    @Override
    public String kind() {
      return "command";
    }
  }

  /**
   * Values made up, the same ones for the same seed.
   *
   * @param shape how they run
   * @param min smallest value
   * @param max largest value, above the smallest
   * @param period of a sine; how long a walk takes to cross about half of the range
   * @param seed where the values start from
   */
  record Simulated(Shape shape, double min, double max, Duration period, long seed)
      implements SensorSource {
    static final NumberRange PERIOD = new NumberRange(0.1, 31_536_000, "seconds");

    /** How simulated values run. */
    public enum Shape {
      /** Up and down with the period, at a phase that the seed decides. */
      SINE,
      /** Anything from the smallest to the largest, each sample by itself. */
      NOISE,
      /** Small steps up and down, as temperatures move. */
      WALK;

      /** Its name in {@code device.yaml}. */
      public String key() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Simulated {
      NumberRange.any().require("min", min);
      NumberRange.any().require("max", max);
      if (min >= max || !Double.isFinite(max - min)) {
        throw new IllegalArgumentException(
            "min: must be below max (%s), was %s"
                .formatted(NumberRange.text(max), NumberRange.text(min)));
      }
      PERIOD.require("period", period.toNanos() / 1e9);
    }

    @Override
    public String kind() {
      return "simulated";
    }
  }

  /**
   * What is made of a number that was read: {@code number * scale + offset}.
   *
   * @param scale a finite number, not 0
   * @param offset a finite number
   */
  record Linear(double scale, double offset) {
    /** The number as it is. */
    public static final Linear IDENTITY = new Linear(1, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Linear {
      NumberRange.any().require("scale", scale);
      NumberRange.any().require("offset", offset);
      if (scale == 0) {
        throw new IllegalArgumentException("scale: must not be 0, which makes all values equal");
      }
    }

    /** The value of a number. */
    public double of(double number) {
      return number * scale + offset;
    }
  }
}
