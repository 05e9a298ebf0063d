package io.noctule.app.command;

import java.util.Objects;

/** The version of the program. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** As the jar's manifest has it; "(not packaged)" where classes run without one. */
  public static String text() {
    return Objects.requireNonNullElse(
        ProgramVersion.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
