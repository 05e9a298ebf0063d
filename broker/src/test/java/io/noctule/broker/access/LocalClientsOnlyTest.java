package io.noctule.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.packet.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalClientsOnlyTest {
  private static final int PORT = 50_000;
  private static final Admission LOCAL =
      new Admission.Granted(new Identity("client", null, Set.of("local"), ""));

  private final LocalClientsOnly authenticator = new LocalClientsOnly();

  private Admission answerTo(SocketAddress remote) {
    return authenticator
        .authenticate(new Credentials("client", null, null, remote, null))
        .toCompletableFuture()
        .join();
  }

  /** An address in digits: no name is looked up. */
  private Admission answerTo(String address) throws UnknownHostException {
    return answerTo(new InetSocketAddress(InetAddress.getByName(address), PORT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.200.3.4", "::1", "::ffff:127.0.0.1"})
  void loopbackIsLetIn(String address) throws UnknownHostException {
    assertThat(answerTo(address)).isEqualTo(LOCAL);
  }

  @Test
  void everyAddressOfThisMachineIsLetIn() throws SocketException {
    List<InetAddress> own =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();

    assertThat(own)
        .isNotEmpty()
        .allSatisfy(
            address -> assertThat(answerTo(new InetSocketAddress(address, PORT))).isEqualTo(LOCAL));
  }

  /** From the blocks for documentation, which no machine has. */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "198.51.100.7", "2001:db8::1", "0.0.0.0", "::"})
  void everybodyElseIsRefusedWithWords(String address) throws UnknownHostException {
    assertThat(answerTo(address))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
              assertThat(refused.why()).contains("noctule user add");
            });
  }

  @Test
  void aCertificateOpensFromEverywhere() throws UnknownHostException {
    var credentials =
        new Credentials(
            "client",
            null,
            null,
            new InetSocketAddress(InetAddress.getByName("192.0.2.1"), PORT),
            "greenhouse-1");
    assertThat(authenticator.authenticate(credentials).toCompletableFuture().join())
        .isEqualTo(new Admission.Granted(new Identity("client", "greenhouse-1", Set.of(), "")));
  }

  @Test
  void anUnknownAddressIsRefused() {
    assertThat(answerTo(InetSocketAddress.createUnresolved("localhost", PORT)))
        .isInstanceOf(Admission.Refused.class);
    assertThat(answerTo(UnixDomainSocketAddress.of("socket")))
        .isInstanceOf(Admission.Refused.class);
  }

  @Test
  void inALaboratoryEverybodyIsLetIn() throws UnknownHostException {
    Credentials stranger =
        new Credentials(
            "", null, null, new InetSocketAddress(InetAddress.getByName("192.0.2.1"), PORT), null);
    assertThat(new OpenAccess().authenticate(stranger).toCompletableFuture().join())
        .isEqualTo(new Admission.Granted(Identity.anonymous("")));
  }

  @Test
  void credentialsDoNotTellThePassword() {
    Credentials credentials =
        new Credentials("client", "user", new byte[] {115, 51}, new InetSocketAddress(PORT), null);
    assertThat(credentials.toString()).contains("client", "user").doesNotContain("115");
  }
}
