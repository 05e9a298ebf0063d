package io.noctule.app.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's mosquitto on a free port of the loopback address, and its tools: what people compare
 * ours with.
 */
final class Mosquitto implements AutoCloseable {
  private final Process process;
  private final Path configuration;
  private final int port;

  private Mosquitto(Process process, Path configuration, int port) {
    this.process = process;
    this.configuration = configuration;
    this.port = port;
  }

  /**
   * Starts a broker.
   *
   * @param anonymous whether it admits everybody; else nobody
   */
  static Mosquitto start(boolean anonymous) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = Files.createTempFile("noctule-mosquitto", ".conf");
    Files.writeString(
        configuration, "listener %d 127.0.0.1%nallow_anonymous %s%n".formatted(port, anonymous));
    Process process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", configuration.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    String line = log.readLine();
    while (line != null && !line.endsWith(" running")) {
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("mosquitto does not start; it comes with apt-get install mosquitto");
    }
    Thread.ofVirtual().start(() -> drain(log));
    return new Mosquitto(process, configuration, port);
  }

  /** So that the broker is not held up by a full pipe. */
  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The broker has been ended.
    }
  }

  int port() {
    return port;
  }

  /** What mosquitto_sub prints. */
  static byte[] sub(int port, String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("mosquitto_sub", "-p", String.valueOf(port), "-W", "10"));
    command.addAll(List.of(args));
    Process tool =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] output = tool.getInputStream().readAllBytes();
    tool.waitFor();
    return output;
  }

  /** Publishes with mosquitto_pub. */
  static void pub(int port, String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("mosquitto_pub", "-p", String.valueOf(port)));
    command.addAll(List.of(args));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("mosquitto_pub ends with status " + status);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.delete(configuration);
  }
}
