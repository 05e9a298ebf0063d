package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties that acknowledgements share: why, in words, and the user properties. Absent before
 * MQTT 5.0.
 *
 * @param reasonString words for a person's diagnosis, not for programs; null where there are none
 * @param userProperties in order; empty where there are none
 */
public record ReasonProperties(@Nullable String reasonString, List<UserProperty> userProperties) {
  /** No properties. */
  public static final ReasonProperties NONE = new ReasonProperties(null, List.of());

  /** Copies the list. */
  public ReasonProperties {
    userProperties = List.copyOf(userProperties);
  }

  /** A reason in words, cut to 256 characters, and no user properties. */
  public static ReasonProperties because(String reasonString) {
    return new ReasonProperties(ReasonText.cut(reasonString), List.of());
  }

  /** Whether nothing is there to send. */
  public boolean isEmpty() {
    return reasonString == null && userProperties.isEmpty();
  }
}
