package io.noctule.tls.authority;

import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Identity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Signs certificates of servers and clients with a key of its own. All keys are elliptic, P-256,
 * which every device of the last ten years knows. Any thread.
 */
public final class CertificateAuthority {
  /** How long an authority lasts: ten years. */
  public static final Duration LIFE = Duration.ofDays(3652);

  /** How long a server's certificate lasts: the longest that all clients take. */
  public static final Duration SERVER_LIFE = Duration.ofDays(398);

  /** How long a client's certificate lasts where nobody says otherwise: two years. */
  public static final Duration CLIENT_LIFE = Duration.ofDays(730);

  /** Clocks of devices go wrong. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127;
  private static final int LONGEST_COMMON_NAME = 64;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity identity;
  private final Clock clock;

  /**
   * An authority that exists.
   *
   * @param identity its certificate and key
   * @param clock what certificates are dated by
   */
  public CertificateAuthority(Identity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /** A new authority, named after a host, with a number that tells it from others of that name. */
  public static CertificateAuthority create(String host, Clock clock) {
    String number = HexFormat.of().toHexDigits((short) RANDOM.nextInt());
    X500Name name = named("Noctule CA %s %s".formatted(shortened(host), number));
    KeyPair pair = keyPair();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              serial(),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(LIFE)),
              name,
              pair.getPublic());
      var identifiers = new JcaX509ExtensionUtils();
      builder
          // Of length 0: it signs servers and clients, no further authorities.
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              identifiers.createSubjectKeyIdentifier(pair.getPublic()));
      X509Certificate certificate = sign(builder, pair);
      return new CertificateAuthority(new Identity(List.of(certificate), pair.getPrivate()), clock);
    } catch (CertIOException | GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static String shortened(String host) {
    return host.substring(0, Math.min(host.length(), LONGEST_COMMON_NAME / 2));
  }

  /** Certificate and key of the authority. */
  public Identity identity() {
    return identity;
  }

  /** The certificate that clients have to trust. */
  public X509Certificate certificate() {
    return identity.certificate();
  }

  /**
   * A certificate for a server, with a new key.
   *
   * @param names the DNS names and IP addresses that it is reached by; at least one
   */
  public Identity issueServer(List<String> names) {
    GeneralName[] alternatives =
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        ADDRESS.matcher(name).matches()
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new);
    return issue(
        named(shortened(names.getFirst())),
        SERVER_LIFE,
        KeyPurposeId.id_kp_serverAuth,
        new GeneralNames(alternatives));
  }

  /**
   * A certificate for a client, with a new key.
   *
   * @param name becomes the client's user name; 1 to 64 characters
   * @param life from now on, at most as long as the authority's own
   * @throws IllegalArgumentException where the name is empty or too long
   */
  public Identity issueClient(String name, Duration life) {
    if (name.isEmpty() || name.length() > LONGEST_COMMON_NAME) {
      throw new IllegalArgumentException(
          "a name must have 1 to %d characters, was '%s'".formatted(LONGEST_COMMON_NAME, name));
    }
    return issue(named(name), life, KeyPurposeId.id_kp_clientAuth, null);
  }

  private Identity issue(
      X500Name subject, Duration life, KeyPurposeId purpose, @Nullable GeneralNames names) {
    KeyPair pair = keyPair();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant last = certificate().getNotAfter().toInstant();
    Instant end = now.plus(life).isBefore(last) ? now.plus(life) : last;
    try {
      var issuer = new JcaX509CertificateHolder(certificate());
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer.getSubject(),
              serial(),
              Date.from(now.minus(BACKDATED)),
              Date.from(end),
              subject,
              pair.getPublic());
      addExtensions(builder, pair.getPublic(), purpose);
      if (names != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, names);
      }
      X509Certificate signed =
          sign(builder, new KeyPair(certificate().getPublicKey(), identity.key()));
      return new Identity(List.of(signed), pair.getPrivate());
    } catch (CertIOException | GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private void addExtensions(X509v3CertificateBuilder builder, PublicKey key, KeyPurposeId purpose)
      throws CertIOException, GeneralSecurityException {
    var identifiers = new JcaX509ExtensionUtils();
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(certificate().getPublicKey()));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(signatureOf(signer)).build(signer.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** An authority that somebody put in place of ours may have another key. */
  private static String signatureOf(KeyPair signer) {
    return switch (signer.getPrivate().getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> signer.getPrivate().getAlgorithm();
    };
  }

  private static X500Name named(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(0);
  }

  private static IllegalStateException impossible(Exception cause) {
    return new IllegalStateException("a certificate could not be made", cause);
  }

  @Override
  public String toString() {
    return CertificateFacts.of(certificate()).subject();
  }
}
