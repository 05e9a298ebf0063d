package io.noctule.history.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.history.database.HistoryLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrokerConnectionTest {
  private static final byte[] CONNACK_SUBACK_PUBLISH = {
    0x20, 2, 0, 0, (byte) 0x90, 3, 0, 1, 1, 0x32, 6, 0, 1, 'a', 0, 9, '1'
  };

  @TempDir Path folder;

  /** The broker delivers again what was not acknowledged: nothing is lost by beginning again. */
  @Test
  void aFaultOfOursEndsTheConnectionAndNotTheRecording() throws Exception {
    var broken = new AtomicBoolean(true);
    InstantSource clock =
        () -> {
          if (broken.getAndSet(false)) {
            throw new IllegalStateException("a fault");
          }
          return Instant.EPOCH;
        };
    var counters = new Counters();
    var intake = new Intake(10, 1 << 20);
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Identity identity = Identity.hold(folder)) {
      server.setSoTimeout(20_000);
      var settings =
          new RecorderSettings(
              "127.0.0.1", server.getLocalPort(), null, null, null, RecorderSettings.ALL_READINGS);
      var connection =
          new BrokerConnection(
              settings,
              identity,
              new MessageReader(HistoryLimits.DEFAULT, clock, ZoneOffset.UTC, counters),
              1 << 20,
              intake,
              counters,
              new Progress(() -> Instant.EPOCH),
              new BackOff(new SplittableRandom(1)));
      Thread thread = Thread.ofPlatform().daemon().start(connection);
      try (Socket first = server.accept()) {
        answer(first);
        try (Socket second = server.accept()) {
          answer(second);
          var batch = intake.take(10, Duration.ofSeconds(20));
          while (batch.messages().isEmpty()) {
            batch = intake.take(10, Duration.ofSeconds(20));
          }
          assertThat(batch.messages()).hasSize(1);
        }
      } finally {
        intake.close();
        connection.close();
        thread.join();
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    assertThat(in.read()).as("CONNECT").isEqualTo(0x10);
    client.getOutputStream().write(CONNACK_SUBACK_PUBLISH);
  }
}
