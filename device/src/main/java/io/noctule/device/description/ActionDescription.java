package io.noctule.device.description;

import java.util.Optional;

/**
 * What a device does when a message comes.
 *
 * @param on topic filter that the message must match
 * @param when condition on its content, as written; empty for any content
 * @param step what is done
 */
public record ActionDescription(String on, Optional<String> when, ActionStep step) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where the topic filter is not valid
   */
  public ActionDescription {
    Topics.requireFilter("on", on);
  }
}
