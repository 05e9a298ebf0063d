package io.noctule.app.device;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Debian's mosquitto as a process of the test: the command must work with a broker that is not
 * ours.
 */
final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  final int port;
  private final Path configuration;
  private final Process process;

  private Mosquitto(int port, Path configuration, Process process) {
    this.port = port;
    this.configuration = configuration;
    this.process = process;
  }

  /** Starts one on a port of the loopback address. */
  static Mosquitto start(int port, boolean anonymous) {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(
          PROGRAM + " is missing: install it with apt-get install mosquitto, or run ./test");
    }
    try {
      Path configuration = Files.createTempFile("noctule-mosquitto", ".conf");
      Files.writeString(
          configuration,
          "listener %d 127.0.0.1\nuser root\nallow_anonymous %s\n".formatted(port, anonymous));
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var broker = new Mosquitto(port, configuration, process);
      await("mosquitto listens").atMost(LIMIT).until(broker::listens);
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mosquitto start() {
    return start(freePort(), true);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new IllegalStateException("mosquitto ended with status " + process.exitValue());
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.delete(configuration);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
