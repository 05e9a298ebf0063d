package io.noctule.device.agent;

import io.noctule.device.ProtocolVersion;
import io.noctule.tls.context.ClientTls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an agent runs, beside what its description says.
 *
 * @param dataFolder where it keeps what must survive, in {@code devices/ID}; made where missing
 * @param programVersion told in the twin
 * @param protocol MQTT version
 * @param debug whether it tells {@link AgentEvent.Log} lines
 * @param tls in place of what the description says of TLS; null for that
 */
public record AgentOptions(
    Path dataFolder,
    String programVersion,
    ProtocolVersion protocol,
    boolean debug,
    @Nullable ClientTls tls) {
  /** With the newest MQTT that the broker knows, and without log lines. */
  public static AgentOptions of(Path dataFolder, String programVersion) {
    return new AgentOptions(dataFolder, programVersion, ProtocolVersion.AUTO, false, null);
  }
}
