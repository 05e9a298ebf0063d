package io.noctule.device.testing;

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
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto as a process of the test, on a free port of the loopback address. */
public final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final int port;
  private final Path folder;
  private final Process process;

  private Mosquitto(int port, Path folder, Process process) {
    this.port = port;
    this.folder = folder;
    this.process = process;
  }

  /** Starts one that admits everybody. */
  public static Mosquitto start() {
    return start(freePort(), "allow_anonymous true");
  }

  /** Starts one that admits everybody on a port, to come back where one has been. */
  public static Mosquitto startAt(int port) {
    return start(port, "allow_anonymous true");
  }

  /** Starts one that admits everybody to what the lines of an access control list allow. */
  public static Mosquitto startWithAccessList(String lines) {
    try {
      Path file = Files.createTempFile("noctule-access", ".txt");
      Files.writeString(file, lines);
      try {
        return start(freePort(), "allow_anonymous true\nacl_file " + file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one that admits one user. */
  public static Mosquitto startFor(String user, String password) {
    try {
      Path file = Files.createTempFile("noctule-users", ".txt");
      run("/usr/bin/mosquitto_passwd", "-b", "-c", file.toString(), user, password);
      try {
        return start(freePort(), "allow_anonymous false\npassword_file " + file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one that speaks TLS on its port.
   *
   * @param files has ca.crt, server.crt and server.key, for all to read
   * @param needsClient whether clients must show a certificate, whose name is their user name
   */
  public static Mosquitto startTls(Path files, boolean needsClient) {
    return start(
        freePort(),
        """
        allow_anonymous %s
        cafile %s
        certfile %s
        keyfile %s
        require_certificate %s
        use_identity_as_username %s
        """
            .formatted(
                !needsClient,
                files.resolve("ca.crt"),
                files.resolve("server.crt"),
                files.resolve("server.key"),
                needsClient,
                needsClient));
  }

  private static Mosquitto start(int port, String access) {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(
          PROGRAM + " is missing: install it with apt-get install mosquitto, or run ./test");
    }
    try {
      Path folder = Files.createTempDirectory("noctule-mosquitto");
      Path configuration = folder.resolve("mosquitto.conf");
      // The window is wide because 2.0.11 stops sending what queues behind it to clients of 3.1.1
      // at QoS 2.
      Files.writeString(
          configuration,
          """
          listener %d 127.0.0.1
          user root
          persistence false
          max_inflight_messages 1000
          max_queued_messages 100000
          %s
          """
              .formatted(port, access));
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start();
      var broker = new Mosquitto(port, folder, process);
      await("mosquitto listens").atMost(LIMIT).until(broker::listens);
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** What mosquitto has logged. */
  public List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("log.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process, and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(folder.resolve("log.txt"));
      Files.deleteIfExists(folder.resolve("mosquitto.conf"));
      Files.deleteIfExists(folder);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of the loopback address that nobody listens on. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new IllegalStateException("mosquitto ended: " + log());
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
