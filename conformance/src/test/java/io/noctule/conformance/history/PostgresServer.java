package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL cluster of the test's own, in a temporary folder and on a free port of the loopback
 * address. PostgreSQL refuses to run as root: then the user that its package makes runs it. Stopped
 * by its handle. For one thread.
 */
final class PostgresServer implements AutoCloseable {
  private static final String USER = "noctule";
  private static final String SYSTEM_USER = "postgres";
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Path programs;
  private final int port;
  private @Nullable Process process;

  private PostgresServer(Path folder, Path programs, int port) {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
  }

  /** Makes a cluster and starts it. */
  static PostgresServer start() throws IOException {
    // Not in the test's own folder, which only its owner may enter.
    Path folder = Files.createTempDirectory("noctule-postgresql");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var server = new PostgresServer(folder, programs(), port);
    if (isRoot()) {
      server.run(List.of("chown", SYSTEM_USER, folder.toString()));
    }
    server.runAsUser(
        "initdb", "-D", folder.resolve("data").toString(), "-U", USER, "-A", "trust", "--no-sync");
    server.startAgain();
    return server;
  }

  private static Path programs() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    List<Path> versions = List.of();
    if (Files.isDirectory(all)) {
      try (Stream<Path> folders = Files.list(all)) {
        versions =
            folders
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .sorted(Comparator.comparing(Path::toString))
                .toList();
      }
    }
    assertThat(versions)
        .as(
            "PostgreSQL's server is needed by this test and is not installed; as root: apt-get"
                + " install postgresql (./test does it)")
        .isNotEmpty();
    return versions.getLast();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private List<String> asUser(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of(
              "setpriv",
              "--reuid=" + SYSTEM_USER,
              "--regid=" + SYSTEM_USER,
              "--clear-groups",
              "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void runAsUser(String program, String... arguments) throws IOException {
    run(asUser(program, arguments));
  }

  private void run(List<String> command) throws IOException {
    Process running =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(running.waitFor()).as("%s says %s", command, output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it on the same port, and waits until it answers. */
  void startAgain() throws IOException {
    process =
        new ProcessBuilder(
                asUser(
                    "postgres",
                    "-D",
                    folder.resolve("data").toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories="))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(
            () -> {
              try (var connection = DriverManager.getConnection(jdbcUrl())) {
                return connection.isValid(1);
              }
            });
  }

  /** Stops it at once, as a crash would: it recovers from its log when it starts again. */
  void stop() throws IOException {
    Process running = process;
    process = null;
    if (running != null) {
      // Immediate shutdown; SIGTERM would wait for all clients to leave.
      run(List.of("kill", "-QUIT", Long.toString(running.pid())));
      try {
        assertThat(running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** As {@code noctule history --database} has it. */
  String url() {
    return "postgresql://%s@127.0.0.1:%d/postgres".formatted(USER, port);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s".formatted(port, USER);
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
