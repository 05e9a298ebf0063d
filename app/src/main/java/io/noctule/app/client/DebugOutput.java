package io.noctule.app.client;

import io.noctule.protocol.packet.Packet;
import java.io.PrintStream;

/**
 * What {@code -d} shows. On standard error, so that messages on standard output stay as they are.
 *
 * @param enabled whether it is asked for
 * @param err standard error
 */
record DebugOutput(boolean enabled, PrintStream err) {
  void packet(String verb, Packet packet) {
    if (enabled) {
      err.println(verb + " " + PacketText.of(packet));
    }
  }

  void note(String text) {
    if (enabled) {
      err.println(text);
    }
  }
}
