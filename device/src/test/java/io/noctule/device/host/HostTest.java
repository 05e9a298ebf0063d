package io.noctule.device.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
  private static final Path MISSING = Path.of("/missing/hostname");

  @Test
  void theEnvironmentNamesTheHost() {
    assertThat(HostName.of(Map.of("HOSTNAME", "greenhouse"), MISSING)).isEqualTo("greenhouse");
    assertThat(HostName.of(Map.of("COMPUTERNAME", "GREENHOUSE"), MISSING)).isEqualTo("GREENHOUSE");
  }

  @Test
  void elseTheKernelDoes(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hostname"), "shed\n");
    assertThat(HostName.of(Map.of("HOSTNAME", " "), file)).isEqualTo("shed");
  }

  @Test
  void elseTheResolverDoes() {
    assertThat(HostName.of(Map.of(), MISSING)).isNotBlank();
  }

  @Test
  void theAddressIsOneOfThisMachine() throws IOException {
    for (String target : new String[] {"127.0.0.1", "::1", "192.0.2.1", "no such host.invalid"}) {
      InetAddress address = LocalAddress.towards(target);
      assertThat(NetworkInterface.getByInetAddress(address)).as(address.toString()).isNotNull();
    }
  }

  @Test
  void theInterfacesAreAskedWhereThereIsNoRoute() {
    assertThat(LocalAddress.ofInterfaces().stream())
        .allSatisfy(address -> assertThat(NetworkInterface.getByInetAddress(address)).isNotNull());
  }

  @Test
  void theGreetingHasItsKeysInOrder() {
    assertThat(new Hello("24/11/2026 09:05:00", "shed", "10.0.0.7", "Hello").toJson())
        .hasToString(
            """
            {"time":"24/11/2026 09:05:00","client":"shed","client_ip":"10.0.0.7","msg":"Hello"}""");
  }

  @Test
  void theGreetingTellsTheLocalTime() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T23:04:05Z"), ZoneId.of("Europe/Berlin"));
    Hello hello = Hello.now(clock, "127.0.0.1", "Good morning");
    assertThat(hello.time()).isEqualTo("03/01/2026 00:04:05");
    assertThat(hello.msg()).isEqualTo("Good morning");
    assertThat(hello.client()).isEqualTo(HostName.current());
    assertThat(hello.clientIp())
        .isEqualTo(LocalAddress.towards("127.0.0.1").getHostAddress().replaceAll("%.*", ""));
  }
}
