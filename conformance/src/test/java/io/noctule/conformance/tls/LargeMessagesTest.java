package io.noctule.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.TestCertificates;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads that are passed on by reference, over TLS. */
class LargeMessagesTest {
  private static final int SUBSCRIBERS = 6;

  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  private static Peer connect(String clientId) {
    RawClient network =
        RawClient.open(
            BROKER.tlsPort(), socket -> TestCertificates.secure(socket, TestCertificates.client()));
    Peer peer = Peer.over(network, Version.V5);
    assertThat(peer.connect(Connect.as(clientId)).reasonCode()).isZero();
    return peer;
  }

  private static String payload(int bytes) {
    var text = new StringBuilder(bytes);
    for (int i = 0; text.length() < bytes; i++) {
      text.append(Integer.toHexString(i * 0x9E3779B9));
    }
    return text.substring(0, bytes);
  }

  @Test
  void comeAndGoWhole() {
    try (Peer publisher = connect("publisher");
        Peer subscriber = connect("subscriber")) {
      subscriber.subscribe("large", 1);
      for (int bytes : new int[] {4_096, 16_383, 16_384, 16_385, 100_000, 3_000_000}) {
        publisher.publish(Publish.of("large", payload(bytes)).qos(1, 1));
        assertThat(subscriber.receive().payload()).isEqualTo(payload(bytes));
      }
    }
  }

  /** Several loops encrypt the bytes of one retained message at the same time. */
  @Test
  void areEncryptedByManyLoopsAtOnce() throws Exception {
    String text = payload(1_000_000);
    try (Peer publisher = connect("publisher");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      publisher.publish(Publish.of("kept", text).qos(1, 1).retained());
      List<Callable<Void>> readers = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        String clientId = "subscriber" + i;
        readers.add(
            () -> {
              try (Peer subscriber = connect(clientId)) {
                for (int round = 0; round < 10; round++) {
                  subscriber.subscribe("kept", 0);
                  assertThat(subscriber.receive().payload()).isEqualTo(text);
                }
              }
              return null;
            });
      }
      for (Future<Void> reader : threads.invokeAll(readers)) {
        reader.get();
      }
    }
  }
}
