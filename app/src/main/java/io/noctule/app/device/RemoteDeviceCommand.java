package io.noctule.app.device;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.DataFolder;
import io.noctule.app.tls.ClientTlsOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code noctule device}, whose broker may be anywhere, so that it has the options of TLS, and
 * which has its own data folder. The device of a node needs neither: its broker is in the same
 * process, and has options of the same names.
 */
public final class RemoteDeviceCommand extends DeviceCommand {
  @Mixin private ClientTlsOptions tls = new ClientTlsOptions();

  @Mixin private DataFolder folder = new DataFolder();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command that picocli fills. */
  public RemoteDeviceCommand(CommandContext context) {
    super(context);
  }

  @Override
  ClientTlsOptions tls() {
    return tls;
  }

  @Override
  DataFolder dataFolder() {
    return folder;
  }

  @Override
  public Integer call() throws InterruptedException {
    return run(spec.commandLine().getParseResult()::hasMatchedOption);
  }
}
