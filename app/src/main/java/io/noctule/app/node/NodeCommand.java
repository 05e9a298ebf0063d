package io.noctule.app.node;

import io.noctule.app.broker.BrokerOptions;
import io.noctule.app.broker.RunningBroker;
import io.noctule.app.broker.ServiceOptions;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.device.DeviceCommand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code noctule node}: a broker, and a device that is connected to it. Takes the options of both;
 * ends when the device does, with its exit status.
 */
@Command(
    description = {
      "Runs an MQTT broker and a device that is connected to it, in one process. The options are"
          + " those of noctule broker and noctule device.",
      ""
    },
    sortOptions = false)
public final class NodeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private BrokerOptions options = new BrokerOptions();

  @Mixin private ServiceOptions services = new ServiceOptions();

  @Mixin private DeviceCommand device;

  @Spec private CommandSpec spec;

  /** A command that picocli fills. */
  public NodeCommand(CommandContext context) {
    this.context = context;
    device = new DeviceCommand(context);
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws InterruptedException {
    if (spec.commandLine().getParseResult().hasMatchedOption("--broker")) {
      throw CommandFailure.usage(
          "--broker does not go with node, whose device connects to the node's own broker");
    }
    Path folder = services.folder();
    try (RunningBroker running =
        RunningBroker.start(context, options, services, options.port(), folder)) {
      context.err().println("noctule node: " + running.admission());
      running.console().ifPresent(console -> services.introduce(console, context.err()));
      context.out().println(options.ready(running, device.json()));
      context.out().flush();
      device.keepIn(folder);
      device.connectTo(options.localHost(), running.broker().mqttPort());
      return device.run(spec.commandLine().getParseResult()::hasMatchedOption);
    }
  }
}
