package io.noctule.app.device;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.device.action.Condition;
import io.noctule.device.description.DescriptionException;
import io.noctule.device.description.DescriptionReader;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.DeviceTemplate;
import io.noctule.device.description.SystemMetric;
import io.noctule.device.host.HostName;
import io.noctule.device.sensor.SystemSensor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about a file that describes the device; filled by picocli. */
final class DescriptionOptions {
  /** They are about the greeting; a file says all that itself. */
  private static final List<String> OF_THE_GREETING =
      List.of(
          "--topic",
          "--qos",
          "--interval",
          "--message",
          "--value",
          "--once",
          "--subscribe",
          "--no-subscribe");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "be the device that this file describes, with sensors and actions, in place of greeting")
  private @Nullable Path config;

  @Option(
      names = "--init",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "device.yaml",
      description = "write such a file for this machine, with comments, and end (device.yaml)")
  private @Nullable Path init;

  /** Nothing asked for. */
  DescriptionOptions() {}

  /** Whether a file describes the device. */
  boolean isGiven() {
    return config != null;
  }

  /** Whether a file is to be written. */
  boolean isInit() {
    return init != null;
  }

  /**
   * The device that the file describes.
   *
   * @param given whether an option was given
   * @throws CommandFailure where another option does not go with it, or the file has mistakes;
   *     those are on standard error by then, if they are several
   */
  DeviceDescription read(CommandContext context, Predicate<String> given) {
    for (String option : OF_THE_GREETING) {
      if (given.test(option)) {
        throw CommandFailure.usage(
            "%s does not go with --config, whose file says what the device does".formatted(option));
      }
    }
    Path file = config;
    if (file == null) {
      throw new IllegalStateException("no file is given");
    }
    try {
      return new DescriptionReader(context.environment(), Condition::parse).read(file);
    } catch (DescriptionException e) {
      if (e.problems().size() == 1) {
        throw new CommandFailure(e.problems().getFirst(), CommandFailure.USAGE, e);
      }
      e.problems().forEach(problem -> context.err().println("noctule device: " + problem));
      throw new CommandFailure(
          "%s has %d mistakes".formatted(file, e.problems().size()), CommandFailure.USAGE, e);
    }
  }

  /**
   * Writes the file that a device of this machine begins with.
   *
   * @param id null to take the name of the machine
   * @throws CommandFailure where there is such a file already, or it cannot be written
   */
  void write(CommandContext context, @Nullable String id) {
    Path file = init;
    if (file == null) {
      throw new IllegalStateException("no file is to be written");
    }
    try {
      String text = DeviceTemplate.text(id == null ? HostName.current() : id, available(file));
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--" + e.getMessage());
    } catch (FileAlreadyExistsException _) {
      throw exists(file);
    } catch (IOException e) {
      throw new CommandFailure(
          "--init %s: cannot be written: %s".formatted(file, e), CommandFailure.FAILED, e);
    }
    context.out().printf("%s is written. Look into it, then start the device:%n", file);
    context.out().printf("  noctule device --config %s%n", file);
    context.out().flush();
  }

  /** Looks whether the file is there before the machine is asked, which takes a moment. */
  private static List<SystemMetric> available(Path file) {
    if (Files.exists(file)) {
      throw exists(file);
    }
    return SystemSensor.available();
  }

  private static CommandFailure exists(Path file) {
    return CommandFailure.failed(
        "%s is there already and stays as it is; name another file: --init FILE".formatted(file));
  }
}
