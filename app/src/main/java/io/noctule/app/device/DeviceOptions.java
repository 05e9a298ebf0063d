package io.noctule.app.device;

import io.noctule.device.BrokerAddress;
import io.noctule.device.ProtocolVersion;
import io.noctule.tls.context.ClientTls;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code noctule device} was asked to do, checked.
 *
 * @param broker where the broker listens
 * @param tls null to connect without
 * @param id the client identifier
 * @param topic where to publish
 * @param qos of what is published and subscribed to, 0 to 2
 * @param interval time between two messages, positive
 * @param message the {@code msg} of the messages
 * @param data values added to each message, or replacing its own
 * @param once whether to send one message and end
 * @param filters what to subscribe to
 * @param user null to connect without credentials
 * @param password null to connect without one
 * @param version MQTT version
 * @param output what is printed
 * @param debug whether to print what the library logs
 */
record DeviceOptions(
    BrokerAddress broker,
    @Nullable ClientTls tls,
    String id,
    String topic,
    int qos,
    Duration interval,
    String message,
    ObjectNode data,
    boolean once,
    List<String> filters,
    @Nullable String user,
    @Nullable String password,
    ProtocolVersion version,
    OutputMode output,
    boolean debug) {
  /** Copies the filters. */
  DeviceOptions {
    filters = List.copyOf(filters);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s at %s".formatted(id, broker);
  }
}
