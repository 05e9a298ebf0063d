package io.noctule.tls.pem;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * What people want to know of a certificate.
 *
 * @param subject whom it belongs to: the common name where there is one
 * @param issuer who has signed it, likewise
 * @param names the hosts that it is valid for: DNS names and IP addresses
 * @param notBefore valid from here
 * @param notAfter valid until here
 * @param fingerprint SHA-256 of the certificate, as in {@code AB:CD:…}
 */
public record CertificateFacts(
    String subject,
    String issuer,
    List<String> names,
    Instant notBefore,
    Instant notAfter,
    String fingerprint) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Copies the names. */
  public CertificateFacts {
    names = List.copyOf(names);
  }

  /** The facts of a certificate. */
  public static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        nameOf(certificate.getSubjectX500Principal()),
        nameOf(certificate.getIssuerX500Principal()),
        namesOf(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        fingerprintOf(certificate));
  }

  private static String nameOf(X500Principal principal) {
    return commonName(principal).orElseGet(principal::getName);
  }

  /** The common name (CN) of a subject or issuer; empty where it has none. */
  public static Optional<String> commonName(X500Principal principal) {
    try {
      return new LdapName(principal.getName())
          .getRdns().reversed().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .filter(name -> !name.isEmpty())
              .findFirst();
    } catch (InvalidNameException _) {
      return Optional.empty(); // A name that RFC 2253 cannot write has no common name to show.
    }
  }

  private static List<String> namesOf(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(entry -> entry.get(0) instanceof Integer kind && isHost(kind))
              .map(entry -> Objects.toString(entry.get(1)))
              .toList();
    } catch (CertificateParsingException _) {
      return List.of(); // Such names match no host.
    }
  }

  private static boolean isHost(int kind) {
    return kind == DNS_NAME || kind == IP_ADDRESS;
  }

  private static String fingerprintOf(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * What is wrong with the certificate at a time: that it is not valid yet, or not any more.
   *
   * @return a sentence; empty where nothing is wrong
   */
  public Optional<String> problem(Instant now) {
    if (now.isAfter(notAfter)) {
      return Optional.of(
          "the certificate of '%s' expired on %s".formatted(subject, text(notAfter)));
    }
    if (now.isBefore(notBefore)) {
      return Optional.of(
          "the certificate of '%s' is not valid before %s; the clock here says %s"
              .formatted(subject, text(notBefore), text(now)));
    }
    return Optional.empty();
  }

  /** A time as people read it, in UTC. */
  public static String text(Instant time) {
    return TIME.format(time);
  }
}
