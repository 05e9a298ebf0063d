package io.noctule.device.sensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program without a shell, for a limited time and with limited output. It is never waited
 * for by reading: a child that it leaves behind holds its output open, for ever perhaps.
 */
final class BoundedCommand {
  private static final int MAX_OUTPUT_BYTES = 64 << 10;
  private static final int MAX_ERROR_CHARACTERS = 100;
  private static final long FIRST_LOOK_MILLIS = 10;
  private static final long LATER_LOOK_MILLIS = 200;

  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private BoundedCommand(Process process) {
    this.process = process;
  }

  /**
   * What the program prints, in UTF-8, at most 64 KiB.
   *
   * @param command the program and its arguments
   * @param timeout after which it is killed with all its children
   * @throws SensorException where it does not end with status 0 within time and bounds
   */
  static String run(List<String> command, Duration timeout) throws SensorException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SensorException("cannot be run: " + cause.getMessage(), e);
    }
    try (var _ = process.getInputStream();
        var _ = process.getErrorStream()) {
      process.getOutputStream().close();
      return new BoundedCommand(process).await(timeout);
    } catch (IOException e) {
      throw new SensorException("its output cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SensorException("was ended together with the device", e);
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private String await(Duration timeout) throws SensorException, IOException, InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    long lookMillis = FIRST_LOOK_MILLIS;
    // Takes what there is now and then, since a program whose output nobody takes stops.
    while (!process.waitFor(lookMillis, TimeUnit.MILLISECONDS)) {
      drain();
      if (System.nanoTime() - end >= 0) {
        throw new SensorException(
            "did not end within %s s and was killed".formatted(seconds(timeout)));
      }
      lookMillis = Math.min(2 * lookMillis, LATER_LOOK_MILLIS);
    }
    drain();
    if (process.exitValue() != 0) {
      String why = errors.toString(StandardCharsets.UTF_8).strip();
      throw new SensorException(
          "ended with status "
              + process.exitValue()
              + (why.isEmpty() ? "" : ": " + firstLine(why)));
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  private void drain() throws IOException, SensorException {
    drain(process.getInputStream(), output);
    drain(process.getErrorStream(), errors);
  }

  private static void drain(InputStream from, ByteArrayOutputStream to)
      throws IOException, SensorException {
    for (int ready = from.available(); ready > 0; ready = from.available()) {
      to.write(from.readNBytes(Math.min(ready, MAX_OUTPUT_BYTES + 1 - to.size())));
      if (to.size() > MAX_OUTPUT_BYTES) {
        throw new SensorException(
            "prints more than %d KiB and was killed".formatted(MAX_OUTPUT_BYTES >> 10));
      }
    }
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_ERROR_CHARACTERS ? line : line.substring(0, MAX_ERROR_CHARACTERS);
  }

  private static String seconds(Duration duration) {
    return Double.toString(duration.toMillis() / 1e3).replaceFirst("\\.0$", "");
  }
}
