package io.noctule.device.description;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an action does. Texts may have placeholders {@code ${…}} for values of the message; they are
 * kept as written.
 */
public sealed interface ActionStep {
  /**
   * Writes a line into the log.
   *
   * @param text with placeholders
   */
  record Log(String text) implements ActionStep {}

  /**
   * Publishes a message.
   *
   * @param topic with placeholders
   * @param payload with placeholders
   * @param qos 0 or 1, as a device that keeps its session publishes
   * @param retain whether the broker shall keep it
   */
  record Publish(String topic, String payload, int qos, boolean retain) implements ActionStep {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is not valid
     */
    public Publish {
      if (topic.isEmpty()) {
        throw new IllegalArgumentException("topic: must not be empty");
      }
      if (qos < 0 || qos > 1) {
        throw new IllegalArgumentException("qos: must be 0 or 1, was " + qos);
      }
    }
  }

  /**
   * Runs a program, without a shell.
   *
   * @param command the program and its arguments, with placeholders
   * @param timeout after which it is killed
   */
  record Run(List<String> command, Duration timeout) implements ActionStep {
    static final NumberRange TIMEOUT = new NumberRange(0.1, 3_600, "seconds");
    static final double DEFAULT_TIMEOUT_SECONDS = 10;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where there is no program
     */
    public Run {
      command = List.copyOf(command);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new IllegalArgumentException("command: must name a program");
      }
      TIMEOUT.require("timeout", timeout.toNanos() / 1e9);
    }
  }

  /**
   * Calls Java code that a ServiceLoader finds.
   *
   * @param name which
   * @param options handed to it as they are; copied
   */
  record Java(String name, ObjectNode options) implements ActionStep {
    /** Takes a copy, so that the record stays as it is. */
    public Java {
      options = options.deepCopy();
    }

    /** A copy of the options. */
    @Override
    public ObjectNode options() {
      return options.deepCopy();
    }
  }
}
