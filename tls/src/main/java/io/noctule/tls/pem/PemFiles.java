package io.noctule.tls.pem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Writes certificates and keys as PEM files, and opens such files. Any thread. */
public final class PemFiles {
  /** More than all authorities that any system trusts. */
  private static final long LARGEST_BYTES = 8 << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PemFiles() {}

  /** Writes a chain, its first certificate first; in place of a file that is there, at once. */
  public static void writeCertificates(Path file, List<X509Certificate> chain) throws IOException {
    var text = new StringWriter();
    try (var pem = new PemWriter(text)) {
      for (X509Certificate certificate : chain) {
        pem.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new IOException("a certificate cannot be written to " + file, e);
    }
    replace(file, text.toString(), false);
  }

  /**
   * Writes a private key, not encrypted (PKCS#8), readable by the owner only where the file system
   * knows owners; in place of a file that is there, at once.
   */
  public static void writeKey(Path file, PrivateKey key) throws IOException {
    var text = new StringWriter();
    try (var pem = new PemWriter(text)) {
      pem.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
    }
    replace(file, text.toString(), true);
  }

  /** Nobody ever sees half a file, nor a key that others can read. */
  private static void replace(Path file, String text, boolean secret) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (secret
        && Files.getFileStore(fresh.toAbsolutePath().getParent())
            .supportsFileAttributeView("posix")) {
      Files.createFile(fresh, OWNER_ONLY);
    } else {
      Files.createFile(fresh);
    }
    Files.writeString(fresh, text, StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Opens a file for reading.
   *
   * @throws PemException where it cannot be opened, saying why
   */
  static BufferedReader open(Path file) throws PemException {
    try {
      if (Files.isDirectory(file)) {
        throw new PemException(file, "is a folder, not a PEM file");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new PemException(file, "is too large to be a PEM file");
      }
      return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    } catch (PemException e) {
      throw e;
    } catch (IOException e) {
      throw new PemException(file, reason(e), e);
    }
  }

  /** What a failed access to a file is called. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "does not exist";
      case AccessDeniedException _ -> "may not be read by this user";
      case FileAlreadyExistsException _ -> "exists already";
      case MalformedInputException _ -> "is not a PEM file";
      default -> "cannot be read: " + failure.getMessage();
    };
  }
}
