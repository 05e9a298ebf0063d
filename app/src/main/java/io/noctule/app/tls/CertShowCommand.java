package io.noctule.app.tls;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Certificates;
import io.noctule.tls.pem.PemException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noctule cert show}: what stands in certificates. */
@Command(
    description = {
      "Shows whom certificates belong to, what hosts they are for, how long they are valid, and"
          + " their fingerprints: those in a file, else the broker's own.",
      ""
    },
    sortOptions = false)
final class CertShowCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "a PEM file (the broker's own)")
  private @Nullable Path file;

  @ArgGroup private DataFolder data = new DataFolder();

  CertShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try {
      for (Path each : files()) {
        show(each);
      }
      return 0;
    } catch (PemException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  private List<Path> files() {
    if (file != null) {
      return List.of(file);
    }
    Path folder = BrokerTls.folder(data.path());
    List<Path> found = new ArrayList<>();
    for (String name : List.of("ca.crt", "server.crt")) {
      if (Files.exists(folder.resolve(name))) {
        found.add(folder.resolve(name));
      }
    }
    if (found.isEmpty()) {
      throw CommandFailure.failed(
          "there are no certificates in %s: a broker makes them at its first start with --tls-port"
              .formatted(folder));
    }
    return found;
  }

  private void show(Path shown) throws PemException {
    PrintStream out = context.out();
    for (X509Certificate certificate : Certificates.read(shown)) {
      CertificateFacts facts = CertificateFacts.of(certificate);
      out.println(shown);
      out.println("  for          " + facts.subject());
      out.println(
          "  signed by    " + (facts.issuer().equals(facts.subject()) ? "itself" : facts.issuer()));
      if (!facts.names().isEmpty()) {
        out.println("  hosts        " + String.join(", ", facts.names()));
      }
      out.printf(
          "  valid        %s to %s%s%n",
          CertificateFacts.text(facts.notBefore()),
          CertificateFacts.text(facts.notAfter()),
          facts.problem(Instant.now()).isPresent() ? " (not now)" : "");
      out.println("  SHA-256      " + facts.fingerprint());
    }
  }
}
