package io.noctule.tls.authority;

import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemException;
import io.noctule.tls.pem.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder with a certificate authority of this machine ({@code ca.crt}, {@code ca.key}) and a
 * certificate for this machine's names ({@code server.crt}, {@code server.key}), which is made anew
 * when it is about to expire or when a name or address has been added. For one thread.
 */
public final class LocalCertificates {
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
  private static final String AUTHORITY = "ca";
  private static final String SERVER = "server";

  private final Path folder;
  private final Clock clock;
  private final CertificateAuthority authority;
  private final boolean isNew;

  private LocalCertificates(
      Path folder, Clock clock, CertificateAuthority authority, boolean isNew) {
    this.folder = folder;
    this.clock = clock;
    this.authority = authority;
    this.isNew = isNew;
  }

  /** Whether a folder has an authority in it. */
  public static boolean exist(Path folder) {
    return Files.exists(certificate(folder, AUTHORITY));
  }

  /**
   * Opens the authority of a folder, or makes it where there is none.
   *
   * @param folder made where it does not exist; its parent must
   * @throws IOException where files cannot be read, are not usable or cannot be written
   */
  public static LocalCertificates open(Path folder, Clock clock) throws IOException {
    Path certificate = certificate(folder, AUTHORITY);
    Path key = key(folder, AUTHORITY);
    boolean makes = !Files.exists(certificate) && !Files.exists(key);
    if (makes) {
      makeAuthority(folder, clock);
    } else if (!Files.exists(certificate)) {
      throw lost(certificate);
    } else if (!Files.exists(key)) {
      throw lost(key);
    }
    Identity identity = Identity.read(certificate, key, null);
    Optional<String> problem = identity.problem(clock.instant());
    if (problem.isPresent()) {
      throw new PemException(
          certificate,
          "is of no use: %s. Remove the folder %s to have a new authority made; clients then need its ca.crt"
              .formatted(problem.get(), folder));
    }
    return new LocalCertificates(folder, clock, new CertificateAuthority(identity, clock), makes);
  }

  private static PemException lost(Path file) {
    return new PemException(
        file,
        "does not exist, though its counterpart does: restore it, or remove the folder to have a new"
            + " authority made; clients then need its ca.crt");
  }

  /** All at once, by renaming a folder: two processes that start together agree on one. */
  private static void makeAuthority(Path folder, Clock clock) throws IOException {
    var fresh = CertificateAuthority.create(LocalNames.hostName(), clock).identity();
    if (Files.isDirectory(folder)) {
      write(folder, AUTHORITY, fresh);
      return;
    }
    Path prepared = folder.resolveSibling(folder.getFileName() + "." + UUID.randomUUID());
    Files.createDirectory(prepared);
    if (Files.getFileStore(prepared).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(prepared, PosixFilePermissions.fromString("rwx------"));
    }
    write(prepared, AUTHORITY, fresh);
    try {
      Files.move(prepared, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.delete(certificate(prepared, AUTHORITY));
      Files.delete(key(prepared, AUTHORITY));
      Files.delete(prepared);
      if (!exist(folder)) {
        throw e;
      }
    }
  }

  private static void write(Path folder, String name, Identity identity) throws IOException {
    PemFiles.writeKey(key(folder, name), identity.key());
    PemFiles.writeCertificates(certificate(folder, name), identity.chain());
  }

  private static Path certificate(Path folder, String name) {
    return folder.resolve(name + ".crt");
  }

  private static Path key(Path folder, String name) {
    return folder.resolve(name + ".key");
  }

  /** Whether {@link #open} has made the authority just now. */
  public boolean isNew() {
    return isNew;
  }

  /** Signs certificates of clients. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** The file that clients need to trust this machine. */
  public Path authorityFile() {
    return certificate(folder, AUTHORITY);
  }

  /** The file of this machine's certificate. */
  public Path serverFile() {
    return certificate(folder, SERVER);
  }

  /**
   * The certificate of this machine: the one in the folder, or a new one where that is not usable,
   * expires within 30 days or lacks one of the names.
   *
   * @param names what it must be valid for
   * @throws IOException where a new one cannot be written
   */
  public Identity server(List<String> names) throws IOException {
    Optional<Identity> present = presentServer(names);
    if (present.isPresent()) {
      return present.get();
    }
    Identity fresh = authority.issueServer(names);
    write(folder, SERVER, fresh);
    return fresh;
  }

  private Optional<Identity> presentServer(List<String> names) throws PemException {
    if (!Files.exists(serverFile()) || !Files.exists(key(folder, SERVER))) {
      return Optional.empty();
    }
    Identity present;
    try {
      present = Identity.read(serverFile(), key(folder, SERVER), null);
    } catch (PemException _) {
      // Ours to make anew, as after a crash between the two files: nobody else depends on them.
      return Optional.empty();
    }
    return isGood(present, names) ? Optional.of(present) : Optional.empty();
  }

  private boolean isGood(Identity server, List<String> names) {
    CertificateFacts facts = CertificateFacts.of(server.certificate());
    Instant now = clock.instant();
    return facts.problem(now).isEmpty()
        && facts.notAfter().minus(RENEWED_BEFORE_END).isAfter(now)
        && new HashSet<>(facts.names()).containsAll(names)
        && isSignedByAuthority(server);
  }

  private boolean isSignedByAuthority(Identity server) {
    try {
      server.certificate().verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // Of a former authority.
    }
  }
}
