package io.noctule.tls.context;

import io.noctule.tls.pem.Certificates;
import io.noctule.tls.pem.PemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate authorities that the operating system trusts: those of a company are there, while
 * Java's own collection does not know them. Where the system has none, Java's.
 */
final class SystemAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(SystemAuthorities.class);

  /** As in OpenSSL: a file that replaces the system's. */
  private static final String FILE_VARIABLE = "SSL_CERT_FILE";

  /** Debian and Arch; Fedora; SUSE; Alpine and the BSDs. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private SystemAuthorities() {}

  static KeyStore keyStore() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    try {
      if (System.getProperty("javax.net.ssl.trustStore") != null) {
        return ofJava(); // Whoever sets it means it.
      } else if (system.contains("mac")) {
        return ofPlatform("KeychainStore-ROOT");
      } else if (system.contains("windows")) {
        return ofPlatform("Windows-ROOT");
      }
      return ofFiles();
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("the system's certificate authorities cannot be read; Java's are used: {}", e + "");
      return ofJava();
    }
  }

  private static KeyStore ofFiles() throws PemException {
    String chosen = System.getenv(FILE_VARIABLE);
    Path bundle =
        chosen != null && !chosen.isEmpty()
            ? Path.of(chosen)
            : Stream.of(BUNDLES.toArray(new String[0]))
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
    return bundle == null ? ofJava() : Trust.keyStore(Certificates.read(bundle));
  }

  private static KeyStore ofPlatform(String type) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(type);
    store.load(null, null);
    return store;
  }

  private static KeyStore ofJava() {
    Path file =
        Path.of(
            System.getProperty(
                "javax.net.ssl.trustStore",
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toString()));
    String password = System.getProperty("javax.net.ssl.trustStorePassword");
    try (InputStream in = Files.newInputStream(file)) {
      var store =
          KeyStore.getInstance(
              System.getProperty("javax.net.ssl.trustStoreType", KeyStore.getDefaultType()));
      store.load(in, password == null ? null : password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Java's certificate authorities cannot be read from " + file, e);
    }
  }
}
