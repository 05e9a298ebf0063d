package io.noctule.app.tls;

import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto on a free port of loopback, over TLS; its authority is in ca.crt. */
final class TlsMosquitto implements AutoCloseable {
  private final Process process;
  private final int port;

  private TlsMosquitto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a broker.
   *
   * @param folder takes its files
   * @param needsClient whether clients have to show a certificate
   */
  static TlsMosquitto start(
      Path folder, CertificateAuthority authority, Identity server, boolean needsClient)
      throws IOException {
    PemFiles.writeCertificates(folder.resolve("ca.crt"), List.of(authority.certificate()));
    PemFiles.writeCertificates(folder.resolve("server.crt"), server.chain());
    PemFiles.writeKey(folder.resolve("server.key"), server.key());
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            listener %d 127.0.0.1
            user root
            allow_anonymous true
            cafile %2$s/ca.crt
            certfile %2$s/server.crt
            keyfile %2$s/server.key
            require_certificate %3$s
            """
                .formatted(port, folder, needsClient));
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
    return new TlsMosquitto(process, port);
  }

  /** So that the broker is not held up by a full pipe. */
  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The broker has been ended.
    }
  }

  String port() {
    return String.valueOf(port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
