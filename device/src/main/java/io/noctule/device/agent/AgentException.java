package io.noctule.device.agent;

/** An agent that cannot start: the message tells in one line why and what to do. */
public final class AgentException extends Exception {
  AgentException(String message) {
    super(message);
  }

  AgentException(String message, Throwable cause) {
    super(message, cause);
  }
}
