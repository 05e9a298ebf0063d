package io.noctule.app.tls;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.TlsVersion;
import io.noctule.tls.context.Trust;
import io.noctule.tls.pem.PemException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that connects to a broker over TLS, named as mosquitto's tools name
 * them; filled by picocli.
 */
public final class ClientTlsOptions {
  /** The password of an encrypted key: an option would show it to everybody on the machine. */
  static final String KEY_PASSWORD_VARIABLE = "NOCTULE_KEY_PASSWORD";

  @Option(
      names = {"--tls", "--tls-use-os-certs"},
      description = "use TLS, and trust the certificate authorities of this system")
  private boolean system;

  @Option(
      names = "--cafile",
      paramLabel = "FILE",
      description = "use TLS, and trust the certificate authorities in this file (PEM)")
  private @Nullable Path authorityFile;

  @Option(
      names = "--capath",
      paramLabel = "DIR",
      description = "use TLS, and trust the certificate authorities in the files of this folder")
  private @Nullable Path authorityFolder;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "certificate to show to the broker (PEM); needs --key")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "private key of --cert (PEM); its password, if any, in variable " + KEY_PASSWORD_VARIABLE)
  private @Nullable Path key;

  @Option(
      names = "--insecure",
      description = "do not check that the broker's certificate is for the host it is called by")
  private boolean insecure;

  @Option(
      names = "--tls-version",
      paramLabel = "VERSION",
      description = "tlsv1.2 or tlsv1.3 only (the newest that both sides know)")
  private @Nullable String version;

  /** Nothing asked for: no TLS. */
  public ClientTlsOptions() {}

  /** Whether an option asks for TLS. */
  public boolean isAsked() {
    return system
        || authorityFile != null
        || authorityFolder != null
        || certificate != null
        || key != null;
  }

  /**
   * What was asked for. Warns on standard error of what is dangerous or will not work.
   *
   * @param byAddress whether the broker's address asks for TLS, as in {@code mqtts://}
   * @return null where nothing asks for TLS
   * @throws CommandFailure where the options do not fit together (status 2) or a file cannot be
   *     used (1)
   */
  public @Nullable ClientTls tls(CommandContext context, boolean byAddress) {
    check();
    if (!isAsked() && !byAddress) {
      if (insecure || version != null) {
        throw CommandFailure.usage(
            "%s needs TLS: --tls or --cafile".formatted(insecure ? "--insecure" : "--tls-version"));
      }
      return null;
    }
    try {
      ClientTls tls = ClientTls.of(trust());
      if (certificate != null && key != null) {
        String password = context.environment().get(KEY_PASSWORD_VARIABLE);
        tls = tls.identity(certificate, key, password == null ? null : password.toCharArray());
      }
      if (version != null) {
        tls = tls.version(version());
      }
      tls.problem(Instant.now()).ifPresent(problem -> warn(context, problem));
      return insecure ? insecure(context, tls) : tls;
    } catch (PemException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  private void check() {
    if (authorityFile != null && authorityFolder != null) {
      throw CommandFailure.usage("--cafile and --capath exclude each other");
    }
    if (system && (authorityFile != null || authorityFolder != null)) {
      throw CommandFailure.usage(
          "--tls trusts this system's authorities; %s names others: leave one of them out"
              .formatted(authorityFile != null ? "--cafile" : "--capath"));
    }
    if ((certificate == null) != (key == null)) {
      throw CommandFailure.usage(
          "--cert and --key go together: the certificate and its private key");
    }
  }

  private Trust trust() throws PemException {
    if (authorityFile != null) {
      return Trust.file(authorityFile);
    }
    return authorityFolder != null ? Trust.folder(authorityFolder) : Trust.system();
  }

  private TlsVersion version() {
    return TlsVersion.of(String.valueOf(version))
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "--tls-version must be tlsv1.2 or tlsv1.3, not %s".formatted(version)));
  }

  private static ClientTls insecure(CommandContext context, ClientTls tls) {
    warn(
        context,
        "--insecure: whoever has a certificate of a trusted authority can pose as the broker");
    return tls.withoutHostNameCheck();
  }

  private static void warn(CommandContext context, String text) {
    context.err().println("warning: " + text);
  }
}
