package io.noctule.app.command;

import io.noctule.protocol.packet.ReasonCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reason codes for people. */
public final class ReasonText {
  private ReasonText() {}

  /** A reason code in words, with its number as the standard writes it. */
  public static String of(ReasonCode code) {
    String name = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s (0x%02X)".formatted(name, code.value());
  }

  /**
   * A reason code in words, and what the broker said to it.
   *
   * @param reasonString null where it said nothing
   */
  public static String of(ReasonCode code, @Nullable String reasonString) {
    return reasonString == null || reasonString.isEmpty()
        ? of(code)
        : of(code) + ": " + reasonString;
  }
}
