package io.noctule.app.command;

import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A command with commands of its own, as {@code noctule history export}. Called itself where none
 * of them is named.
 */
public interface CommandGroup {
  /** The commands by name, in the order of the help: objects that picocli fills. */
  Map<String, Callable<Integer>> subcommands();
}
