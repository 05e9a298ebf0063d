package io.noctule.tls.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads certificates. Any thread. */
public final class Certificates {
  private static final Set<String> CERTIFICATE_LABELS =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private Certificates() {}

  /**
   * All certificates of a file, in their order; other contents, such as keys, are passed over. A
   * file with one certificate in DER is understood too.
   *
   * @return at least one
   * @throws PemException where the file cannot be read or has no certificate in it
   */
  public static List<X509Certificate> read(Path file) throws PemException {
    List<X509Certificate> found = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (var pem = new PemReader(PemFiles.open(file))) {
      for (PemObject object = pem.readPemObject(); object != null; object = pem.readPemObject()) {
        if (CERTIFICATE_LABELS.contains(object.getType())) {
          found.add(parse(file, found.size() + 1, object.getContent()));
        } else {
          others.add(object.getType());
        }
      }
    } catch (PemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PemException(file, "is damaged: " + e.getMessage(), e);
    }
    if (found.isEmpty() && others.isEmpty()) {
      return readBinary(file);
    }
    if (found.isEmpty()) {
      throw new PemException(
          file,
          "has no certificate in it, but %s: are certificate and key interchanged?"
              .formatted(String.join(", ", others)));
    }
    return List.copyOf(found);
  }

  private static List<X509Certificate> readBinary(Path file) throws PemException {
    try (InputStream in = Files.newInputStream(file)) {
      var only = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return List.of(only);
    } catch (IOException | CertificateException e) {
      throw new PemException(
          file, "has no certificate in it (no -----BEGIN CERTIFICATE----- line)", e);
    }
  }

  private static X509Certificate parse(Path file, int number, byte[] der) throws PemException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new PemException(
          file, "has a damaged certificate (number %d): %s".formatted(number, e.getMessage()), e);
    }
  }

  /**
   * The certificates of all files in a folder that end in {@code .crt}, {@code .pem} or {@code .0},
   * as OpenSSL names them.
   *
   * @return at least one
   * @throws PemException where the folder cannot be read, or a file in it has no certificate
   */
  public static List<X509Certificate> readFolder(Path folder) throws PemException {
    List<X509Certificate> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{crt,pem,0}")) {
      for (Path file : files) {
        found.addAll(read(file));
      }
    } catch (PemException e) {
      throw e;
    } catch (NotDirectoryException e) {
      throw new PemException(folder, "is not a folder", e);
    } catch (IOException e) {
      throw new PemException(folder, PemFiles.reason(e), e);
    }
    if (found.isEmpty()) {
      throw new PemException(folder, "has no certificates in it (files *.crt, *.pem, *.0)");
    }
    return List.copyOf(found);
  }
}
