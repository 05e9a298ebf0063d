package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.context.ServerTls;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console over HTTPS. */
class HttpsTest {
  @TempDir private Path folder;

  private static SSLContext trusting(CertificateAuthority authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void keepsTheCookieToHttps() throws Exception {
    var authority = CertificateAuthority.create("test", Clock.systemUTC());
    SSLContext server =
        ServerTls.context(authority.issueServer(List.of("127.0.0.1", "localhost")), null);
    try (var console = RunningConsole.start(folder, config -> config.withTls(server))) {
      assertThat(console.service().address()).hasScheme("https");
      Browser browser = new Browser(console.service().address(), trusting(authority));
      var answer =
          browser.post(
              "/api/v1/session",
              "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN, PASSWORD));
      assertThat(answer.header("Set-Cookie"))
          .startsWith("__Host-noctule-")
          .contains("Secure")
          .contains("Path=/");
      assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
      try (var page = MqttOverWebSocket.open(browser)) {
        page.connect("page-1", null);
      }
    }
  }
}
