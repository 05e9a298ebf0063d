package io.noctule.tls.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.tls.authority.CertificateAuthority;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Clock.systemUTC());

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.pem"), text);
  }

  private Path file(PemObjectGenerator object) throws IOException {
    return file(text(object));
  }

  private static String text(PemObjectGenerator object) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }

  private static PrivateKey key(String algorithm) throws Exception {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsKeysInPkcs8(String algorithm) throws Exception {
    PrivateKey key = key(algorithm);
    Path file = file(new JcaPKCS8Generator(key, null));
    assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(PrivateKeys.read(file, null)).isEqualTo(key);
  }

  @Test
  void readsRsaKeysInPkcs1() throws Exception {
    PrivateKey key = key("RSA");
    Path file = file(new JcaMiscPEMGenerator(key));
    assertThat(Files.readString(file)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(PrivateKeys.read(file, null)).isEqualTo(key);
  }

  /** As {@code openssl ecparam -name prime256v1 -genkey} writes them, with a note before. */
  @Test
  void readsKeysOfEllipticCurvesInSec1() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
    byte[] sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
            .getEncoded();
    Path file =
        file(
            "This is my key\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
                + "-----END EC PARAMETERS-----\n"
                + text(new PemObject("EC PRIVATE KEY", sec1)));
    assertThat(((ECPrivateKey) PrivateKeys.read(file, null)).getS()).isEqualTo(key.getS());
  }

  @Test
  void readsEncryptedKeysWithTheirPassword() throws Exception {
    PrivateKey key = key("RSA");
    var provider = new BouncyCastleProvider();
    var pkcs8 =
        new JcaPKCS8Generator(
            key,
            new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                .setProvider(provider)
                .setPassword("secret".toCharArray())
                .build());
    assertEncrypted(file(pkcs8), key);
    var traditional =
        new JcaMiscPEMGenerator(
            key,
            new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(provider)
                .build("secret".toCharArray()));
    assertEncrypted(file(traditional), key);
  }

  private static void assertEncrypted(Path file, PrivateKey key) throws PemException {
    assertThat(PrivateKeys.read(file, "secret".toCharArray())).isEqualTo(key);
    assertThatThrownBy(() -> PrivateKeys.read(file, "guessed".toCharArray()))
        .isInstanceOf(PemException.class)
        .hasMessage(file + " cannot be decrypted: the password is wrong");
    assertThatThrownBy(() -> PrivateKeys.read(file, null))
        .hasMessage(file + " is encrypted: it needs its password");
  }

  @Test
  void readsAChainInItsOrder() throws Exception {
    List<X509Certificate> chain =
        List.of(authority.issueServer(List.of("a")).certificate(), authority.certificate());
    Path file = folder.resolve("chain.crt");
    PemFiles.writeCertificates(file, chain);
    assertThat(Certificates.read(file)).isEqualTo(chain);
    assertThat(Certificates.readFolder(folder)).isEqualTo(chain);
  }

  @Test
  void readsOneCertificateInDer() throws Exception {
    Path file = folder.resolve("ca.der");
    Files.write(file, authority.certificate().getEncoded());
    assertThat(Certificates.read(file)).containsExactly(authority.certificate());
  }

  @Test
  void keysAreWrittenForTheirOwnerOnly() throws Exception {
    Path file = folder.resolve("key");
    PemFiles.writeKey(file, authority.identity().key());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PrivateKeys.read(file, null)).isEqualTo(authority.identity().key());
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".new"));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    Path missing = folder.resolve("none.crt");
    assertThatThrownBy(() -> Certificates.read(missing)).hasMessage(missing + " does not exist");
    assertThatThrownBy(() -> PrivateKeys.read(missing, null))
        .hasMessage(missing + " does not exist");
    assertThatThrownBy(() -> Certificates.read(folder))
        .hasMessage(folder + " is a folder, not a PEM file");
    Path text = file("no certificate\n");
    assertThatThrownBy(() -> Certificates.read(text))
        .isInstanceOf(PemException.class)
        .hasMessage(text + " has no certificate in it (no -----BEGIN CERTIFICATE----- line)");
    assertThatThrownBy(() -> PrivateKeys.read(text, null))
        .hasMessageStartingWith(text + " has no private key in it");
    Path damaged = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(() -> Certificates.read(damaged))
        .hasMessageStartingWith(damaged + " has a damaged certificate (number 1)");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Certificates.readFolder(empty))
        .hasMessageStartingWith(empty + " has no certificates in it");
  }

  @Test
  void noticesInterchangedFiles() throws Exception {
    Path key = folder.resolve("a.key");
    PemFiles.writeKey(key, authority.identity().key());
    assertThatThrownBy(() -> Certificates.read(key))
        .hasMessage(
            key
                + " has no certificate in it, but PRIVATE KEY: are certificate and key"
                + " interchanged?");
  }

  @Test
  void aKeyMustBelongToItsCertificate() throws Exception {
    Path certificate = folder.resolve("a.crt");
    Path key = folder.resolve("b.key");
    PemFiles.writeCertificates(certificate, authority.issueClient("a", Duration.ofDays(1)).chain());
    for (String algorithm : List.of("EC", "RSA")) {
      PemFiles.writeKey(key, key(algorithm));
      assertThatThrownBy(() -> Identity.read(certificate, key, null))
          .isInstanceOf(PemException.class)
          .hasMessage(key + " does not belong to the certificate in " + certificate + " (a)");
    }
  }
}
