package io.noctule.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto on a port of the loopback address. Ended by its handle. */
final class Mosquitto implements AutoCloseable {
  private final Process process;
  private final Path configuration;
  private final int port;

  private Mosquitto(Process process, Path configuration, int port) {
    this.process = process;
    this.configuration = configuration;
    this.port = port;
  }

  /** Starts a broker that admits everybody, on a free port. */
  static Mosquitto start() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return startOn(port);
  }

  /** Starts a broker that admits everybody; one without sessions, whatever ran there before. */
  static Mosquitto startOn(int port) throws IOException {
    Path configuration = Files.createTempFile("noctule-mosquitto", ".conf");
    Files.writeString(
        configuration,
        "listener %d 127.0.0.1%nallow_anonymous true%nmax_queued_messages 0%n".formatted(port));
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
