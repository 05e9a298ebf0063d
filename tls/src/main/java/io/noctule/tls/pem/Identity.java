package io.noctule.tls.pem;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is towards the other side: a certificate with the chain up to its authority, and the
 * private key that belongs to it. Immutable.
 *
 * @param chain the own certificate first, then the authorities between; at least one
 * @param key of the first certificate
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] SIGNED = {'n', 'o', 'c', 't', 'u', 'l', 'e'};

  /** Copies the chain. */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("an identity needs a certificate");
    }
  }

  /**
   * Reads an identity from two PEM files, or from one that holds both.
   *
   * @param password of the key; null where it has none
   * @throws PemException where a file is not usable, or where the two do not belong together
   */
  public static Identity read(Path certificateFile, Path keyFile, char @Nullable [] password)
      throws PemException {
    List<X509Certificate> chain = Certificates.read(certificateFile);
    PrivateKey key = PrivateKeys.read(keyFile, password);
    PublicKey publicKey = chain.getFirst().getPublicKey();
    if (!belongTogether(publicKey, key)) {
      throw new PemException(
          keyFile,
          "does not belong to the %scertificate in %s (%s)"
              .formatted(
                  chain.size() > 1 ? "first " : "",
                  certificateFile,
                  CertificateFacts.of(chain.getFirst()).subject()));
    }
    return new Identity(chain, key);
  }

  private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm(); // EdDSA, Ed25519, Ed448: key and signature share the name.
        };
    try {
      var signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(SIGNED);
      byte[] signature = signing.sign();
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(SIGNED);
      return verifying.verify(signature);
    } catch (GeneralSecurityException _) {
      return false; // As with a key of another algorithm.
    }
  }

  /** The own certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /**
   * What is wrong with the own certificate at a time: that it is not valid yet, or not any more.
   *
   * @return a sentence; empty where nothing is wrong
   */
  public Optional<String> problem(Instant now) {
    return CertificateFacts.of(certificate()).problem(now);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Identity[" + CertificateFacts.of(certificate()).subject() + "]";
  }
}
