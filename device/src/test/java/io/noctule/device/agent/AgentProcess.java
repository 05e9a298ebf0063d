package io.noctule.device.agent;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An agent as a process of its own: prints what it has measured, and ends at SIGTERM. */
final class AgentProcess {
  private AgentProcess() {}

  /** Arguments: port, data folder. */
  public static void main(String[] args) throws Exception {
    Agent agent =
        Agent.start(
            Descriptions.device("bat", Integer.parseInt(args[0]), 0.1),
            AgentOptions.of(Path.of(args[1]), "test"),
            event -> {
              if (event instanceof AgentEvent.Measured(_, String payload)) {
                IO.println(payload);
              }
            });
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
    new CountDownLatch(1).await();
  }
}
