package io.noctule.tls.context;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions of TLS that are spoken; older ones are broken (RFC 8996). */
public enum TlsVersion {
  /** RFC 5246. */
  TLS_1_2("TLSv1.2"),
  /** RFC 8446. */
  TLS_1_3("TLSv1.3");

  private final String protocol;

  TlsVersion(String protocol) {
    this.protocol = protocol;
  }

  /** The version as javax.net.ssl calls it. */
  public String protocol() {
    return protocol;
  }

  /** All, the newest first. */
  public static List<TlsVersion> all() {
    return List.of(TLS_1_3, TLS_1_2);
  }

  /** A version by its name, as in {@code tlsv1.3}, {@code TLSv1.3} or {@code 1.3}. */
  public static Optional<TlsVersion> of(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replaceFirst("^tlsv?", "");
    return Stream.of(values()).filter(v -> v.protocol.endsWith("v" + wanted)).findFirst();
  }
}
