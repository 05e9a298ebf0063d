package io.noctule.app.device;

import io.noctule.app.command.CommandFailure;
import io.noctule.device.ConnectFailure;
import io.noctule.device.agent.Agent;
import io.noctule.device.agent.AgentEvent;
import io.noctule.device.agent.AgentException;
import io.noctule.device.agent.AgentOptions;
import io.noctule.device.description.DeviceDescription;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs a device as a file describes it, and tells what happens until it is stopped. The thread that
 * calls {@link #run} prints; the agent's threads hand over.
 */
final class AgentRun {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final DeviceDescription description;
  private final AgentOptions options;
  private final EventPrinter printer;
  private final CompletableFuture<Integer> stopping = new CompletableFuture<>();

  AgentRun(
      DeviceDescription description,
      AgentOptions options,
      OutputMode output,
      PrintStream out,
      PrintStream err) {
    this.description = description;
    this.options = options;
    this.printer = new EventPrinter(output, out, err, () -> stop(CommandFailure.FAILED));
  }

  /**
   * Runs until {@link #stop}.
   *
   * @return the exit status
   * @throws CommandFailure where the device cannot start
   */
  int run() throws InterruptedException {
    printer.tell(new DeviceEvent.Connecting(description.broker().address()));
    Agent agent = start();
    // A thread of its own: closing waits for those that tell, which may wait for this one.
    var _ =
        stopping.thenAcceptAsync(
            status -> {
              agent.close();
              printer.tell(new DeviceEvent.End(status));
            },
            task -> Thread.ofVirtual().start(task));
    return printer.run();
  }

  private Agent start() {
    try {
      return Agent.start(description, options, this::onEvent);
    } catch (AgentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  /** Takes leave of the broker and ends the run. Any thread; returns at once. */
  void stop() {
    stop(0);
  }

  private void stop(int status) {
    stopping.complete(status);
  }

  private void onEvent(AgentEvent event) {
    printer.tell(
        switch (event) {
          case AgentEvent.Connected _ -> new DeviceEvent.Connected();
          case AgentEvent.ConnectFailed(ConnectFailure failure) -> failed(failure);
          case AgentEvent.Disconnected e -> new DeviceEvent.Disconnected(e.reason());
          case AgentEvent.Received e -> new DeviceEvent.Received(e.message());
          case AgentEvent.Measured e -> new DeviceEvent.Measured(e.topic(), json(e.payload()));
          case AgentEvent.Sent e -> new DeviceEvent.Sent(e.topic(), json(e.payload()), 1);
          case AgentEvent.ConfigurationChange e ->
              new DeviceEvent.Changed(e.result(), e.revision());
          case AgentEvent.Acted e -> new DeviceEvent.Acted(e.event());
          case AgentEvent.SensorChange e -> new DeviceEvent.SensorChanged(e.sensor(), e.error());
          case AgentEvent.Problem e -> new DeviceEvent.Failed(e.text());
          case AgentEvent.Log e -> new DeviceEvent.Log(e.line());
        });
  }

  private DeviceEvent failed(ConnectFailure failure) {
    return switch (failure) {
      case ConnectFailure.Refused refused ->
          new DeviceEvent.Refused(refused.code(), refused.name());
      case ConnectFailure.Unreachable unreachable ->
          new DeviceEvent.Unreachable(description.broker().address(), unreachable.text(), true);
    };
  }

  /** What was kept by an earlier version might be none; then it is shown as it is. */
  private static JsonNode json(String payload) {
    return payload.startsWith("{")
        ? JSON.readTree(payload)
        : JsonNodeFactory.instance.stringNode(payload);
  }
}
