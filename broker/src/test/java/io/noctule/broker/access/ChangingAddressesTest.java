package io.noctule.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A machine gets an address after the broker has started, as with Wi-Fi that comes up late. */
class ChangingAddressesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final Set<InetAddress> machine = new HashSet<>();
  private final LocalClientsOnly authenticator =
      new LocalClientsOnly(
          () -> {
            reads.incrementAndGet();
            return Set.copyOf(machine);
          },
          nanos::get);

  @Test
  void admitsAnAddressThatTheMachineGotLater() throws Exception {
    InetAddress late = InetAddress.getByName("192.0.2.7");
    machine.add(late);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(admits(late)).isTrue();
  }

  @Test
  void readsTheAddressesAtMostOnceASecondWhateverStrangersDo() throws Exception {
    InetAddress stranger = InetAddress.getByName("198.51.100.9");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < 100; i++) {
      assertThat(admits(stranger)).isFalse();
    }

    assertThat(reads).hasValue(2);
  }

  private boolean admits(InetAddress address) throws Exception {
    Admission answer =
        authenticator
            .authenticate(
                new Credentials("client", null, null, new InetSocketAddress(address, 40_000), null))
            .toCompletableFuture()
            .get();
    return answer instanceof Admission.Granted;
  }
}
