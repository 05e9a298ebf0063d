package io.noctule.device.description;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the broker. The name of the broker's host is checked in any case.
 *
 * @param cafile PEM file with the certificates that are trusted; null for those of the system
 * @param cert PEM file with the device's own certificate; null for none
 * @param key PEM file with the private key of that certificate; given with it
 */
public record TlsDescription(@Nullable Path cafile, @Nullable Path cert, @Nullable Path key) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where only one of certificate and key is given
   */
  public TlsDescription {
    if ((cert == null) != (key == null)) {
      throw new IllegalArgumentException(
          cert == null
              ? "cert: must be given with key, and is missing"
              : "key: must be given with cert, and is missing");
    }
  }
}
