package io.noctule.app.tls;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.authority.LocalCertificates;
import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Certificates;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noctule cert client}: a certificate for a device. */
@Command(
    description = {
      "Makes a certificate and a private key for a device, signed by the broker's own authority,"
          + " and puts them into a folder together with the authority's certificate: all that the"
          + " device needs. A broker with --client-cert takes the name as the user name.",
      ""
    },
    sortOptions = false)
final class CertClientCommand implements Callable<Integer> {
  /** Becomes a user name, names of files and, for most devices, part of topics. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private final CommandContext context;

  @Parameters(paramLabel = "NAME", description = "the device's name")
  private String name = "";

  @Option(names = "--out", paramLabel = "DIR", description = "where to put the files (NAME)")
  private @Nullable Path out;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "how long it is valid (${DEFAULT-VALUE})")
  private long days = CertificateAuthority.CLIENT_LIFE.toDays();

  @ArgGroup private DataFolder data = new DataFolder();

  CertClientCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.usage(
          "a name has 1 to 64 letters, digits, dots, hyphens, underscores and @, not '%s'"
              .formatted(name));
    }
    if (days < 1 || days > CertificateAuthority.LIFE.toDays()) {
      throw CommandFailure.usage(
          "--days must be from 1 to %d, not %d"
              .formatted(CertificateAuthority.LIFE.toDays(), days));
    }
    Path folder = out == null ? Path.of(name) : out;
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    for (Path file : List.of(certificate, key)) {
      if (Files.exists(file)) {
        throw CommandFailure.failed(
            file + " exists already: remove it, or put the new one elsewhere with --out");
      }
    }
    try {
      make(folder, certificate, key);
    } catch (IOException e) {
      throw new CommandFailure(
          "no certificate was made: " + e.getMessage(), CommandFailure.FAILED, e);
    }
    return 0;
  }

  private void make(Path folder, Path certificate, Path key) throws IOException {
    LocalCertificates own =
        LocalCertificates.open(BrokerTls.folder(data.create()), Clock.systemUTC());
    Identity client = own.authority().issueClient(name, Duration.ofDays(days));
    Files.createDirectories(folder);
    Path authority = folder.resolve("ca.crt");
    List<X509Certificate> trusted = List.of(own.authority().certificate());
    if (Files.exists(authority) && !Certificates.read(authority).equals(trusted)) {
      throw new IOException(
          authority + " is of another authority; --out names another folder for the files");
    }
    PemFiles.writeCertificates(authority, trusted);
    PemFiles.writeKey(key, client.key());
    PemFiles.writeCertificates(certificate, client.chain());
    context
        .out()
        .printf(
            "%s is valid until %s; its private key is %s%n",
            certificate,
            CertificateFacts.text(CertificateFacts.of(client.certificate()).notAfter()),
            key);
    context
        .out()
        .printf("use it as in: --cafile %s --cert %s --key %s%n", authority, certificate, key);
  }
}
