package io.noctule.tls.context;

import io.noctule.tls.pem.Certificates;
import io.noctule.tls.pem.PemException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whose certificates are believed. Immutable. */
public final class Trust {
  private final X509ExtendedTrustManager trustManager;
  private final String text;

  private Trust(KeyStore authorities, String text) {
    this.trustManager = new ExplainingTrust(standardTrustManager(authorities));
    this.text = text;
  }

  /** The certificate authorities in a PEM file; a server's own certificate is believed too. */
  public static Trust file(Path file) throws PemException {
    return new Trust(keyStore(Certificates.read(file)), file.toString());
  }

  /** The certificate authorities in all PEM files of a folder. */
  public static Trust folder(Path folder) throws PemException {
    return new Trust(keyStore(Certificates.readFolder(folder)), folder.toString());
  }

  /** These certificate authorities. */
  public static Trust of(List<X509Certificate> authorities) {
    return new Trust(keyStore(authorities), "given certificates");
  }

  /** The certificate authorities that this system trusts, as its browsers do. */
  public static Trust system() {
    return new Trust(SystemAuthorities.keyStore(), "this system's certificate authorities");
  }

  static KeyStore keyStore(List<X509Certificate> authorities) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("trust needs at least one certificate");
    }
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java has key stores in memory", e);
    }
  }

  private static X509ExtendedTrustManager standardTrustManager(KeyStore authorities) {
    try {
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(authorities);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PKIX", e);
    }
  }

  /** Decides on chains, and says why it refuses. */
  X509ExtendedTrustManager trustManager() {
    return trustManager;
  }

  /** For people: where the authorities come from. */
  @Override
  public String toString() {
    return text;
  }
}
