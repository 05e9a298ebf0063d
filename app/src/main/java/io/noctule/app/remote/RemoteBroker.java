package io.noctule.app.remote;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.tls.ClientTlsOptions;
import io.noctule.device.BrokerAddress;
import io.noctule.tls.context.ClientTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker a command connects to, and as whom; filled by picocli. */
public final class RemoteBroker {
  private static final String PASSWORD_VARIABLE = "NOCTULE_PASSWORD";

  @Option(
      names = "--broker",
      paramLabel = "HOST[:PORT]",
      description =
          "the broker; an IPv6 address in brackets; mqtts:// before it for TLS (${DEFAULT-VALUE})")
  private String broker = "127.0.0.1";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "user name at the broker")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "file whose first line is the password (variable NOCTULE_PASSWORD)")
  private @Nullable Path passwordFile;

  @Mixin private ClientTlsOptions tls = new ClientTlsOptions();

  /** Nothing asked for: the broker on this machine, without a name. */
  public RemoteBroker() {}

  /**
   * Where it is. Any option of TLS asks for TLS, and for its usual port where none is named.
   *
   * @throws CommandFailure with status 2 where it is no address
   */
  public BrokerAddress address() {
    try {
      return BrokerAddress.parse(
          tls.isAsked() && !broker.contains("://") ? "mqtts://" + broker : broker);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--broker: " + e.getMessage(), CommandFailure.USAGE, e);
    }
  }

  /**
   * How it is trusted; null for a connection without TLS.
   *
   * @throws CommandFailure where a file cannot be used
   */
  public @Nullable ClientTls tls(CommandContext context) {
    return tls.tls(context, address().tls());
  }

  /** The user name; null to connect without. */
  public @Nullable String user() {
    return user;
  }

  /**
   * The password, from the file or the variable; null where there is none, or no user.
   *
   * @throws CommandFailure where the file cannot be read, or there is a password without a user
   */
  public @Nullable String password(CommandContext context) {
    if (user == null) {
      if (passwordFile != null) {
        throw CommandFailure.usage("--password-file needs a user name: -u"); // [MQTT-3.1.2-22]
      }
      return null;
    }
    if (passwordFile == null) {
      return context.environment().get(PASSWORD_VARIABLE);
    }
    try {
      return Files.readString(passwordFile).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CommandFailure(
          "--password-file %s cannot be read: %s".formatted(passwordFile, e),
          CommandFailure.FAILED,
          e);
    }
  }
}
