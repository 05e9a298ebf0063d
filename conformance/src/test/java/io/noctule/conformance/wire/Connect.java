package io.noctule.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT packet.
 *
 * @param will its packet id and DUP flag mean nothing
 */
public record Connect(
    String clientId,
    boolean cleanStart,
    int keepAliveSeconds,
    @Nullable Publish will,
    List<Property> willProperties,
    List<Property> properties,
    @Nullable String userName,
    @Nullable String password) {
  private static final int LONG_EXPIRY_SECONDS = 3600;

  /** A client that leaves no session behind. */
  public static Connect as(String clientId) {
    return new Connect(clientId, true, 0, null, List.of(), List.of(), null, null);
  }

  /** The same with a session that outlives the connection, taken up where there is one. */
  public Connect persistent() {
    return resuming().with(Property.SESSION_EXPIRY, LONG_EXPIRY_SECONDS);
  }

  /** The same without Clean Start (before MQTT 5: Clean Session). */
  public Connect resuming() {
    return new Connect(
        clientId, false, keepAliveSeconds, will, willProperties, properties, userName, password);
  }

  /** The same with Clean Start. */
  public Connect cleanly() {
    return new Connect(
        clientId, true, keepAliveSeconds, will, willProperties, properties, userName, password);
  }

  /** The same with a keep-alive interval. */
  public Connect keepAlive(int seconds) {
    return new Connect(
        clientId, cleanStart, seconds, will, willProperties, properties, userName, password);
  }

  /** The same with a will. */
  public Connect will(Publish message, Property... ofTheWill) {
    return new Connect(
        clientId,
        cleanStart,
        keepAliveSeconds,
        message,
        List.of(ofTheWill),
        properties,
        userName,
        password);
  }

  /** The same with one more property; left out before MQTT 5. */
  public Connect with(int propertyId, Object value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(Property.of(propertyId, value));
    return new Connect(
        clientId,
        cleanStart,
        keepAliveSeconds,
        will,
        willProperties,
        List.copyOf(more),
        userName,
        password);
  }

  /** The same with a user name, and a password where it is not null. */
  public Connect user(String name, @Nullable String secret) {
    return new Connect(
        clientId, cleanStart, keepAliveSeconds, will, willProperties, properties, name, secret);
  }

  /** The packet as bytes. */
  public byte[] encode(Version version) {
    int flags = cleanStart ? 0x02 : 0;
    byte[] willFields = new byte[0];
    if (will != null) {
      flags |= 0x04 | will.qos() << 3 | (will.retain() ? 0x20 : 0);
      willFields =
          Bytes.concat(
              version.isV5() ? Property.block(willProperties) : new byte[0],
              Bytes.string(will.topic()),
              Bytes.binary(will.payload().getBytes(StandardCharsets.UTF_8)));
    }
    flags |= (userName == null ? 0 : 0x80) | (password == null ? 0 : 0x40);
    return Bytes.packet(
        0x10,
        Bytes.string(version.protocolName()),
        Bytes.of(version.level(), flags),
        Bytes.u16(keepAliveSeconds),
        version.isV5() ? Property.block(properties) : new byte[0],
        Bytes.string(clientId),
        willFields,
        userName == null ? new byte[0] : Bytes.string(userName),
        password == null ? new byte[0] : Bytes.binary(password.getBytes(StandardCharsets.UTF_8)));
  }
}
