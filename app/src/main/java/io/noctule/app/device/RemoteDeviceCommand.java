package io.noctule.app.device;

import io.noctule.app.command.CommandContext;
import io.noctule.app.tls.ClientTlsOptions;
import picocli.CommandLine.Mixin;

/**
 * {@code noctule device}, whose broker may be anywhere, so that it has the options of TLS. The
 * device of a node needs none: its broker is in the same process, and has options of the same names.
 */
public final class RemoteDeviceCommand extends DeviceCommand {
  @Mixin private ClientTlsOptions tls = new ClientTlsOptions();

  /** A command that picocli fills. */
  public RemoteDeviceCommand(CommandContext context) {
    super(context);
  }

  @Override
  ClientTlsOptions tls() {
    return tls;
  }
}
