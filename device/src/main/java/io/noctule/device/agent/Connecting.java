package io.noctule.device.agent;

import io.noctule.device.Device;
import io.noctule.device.DeviceBuilder;
import io.noctule.device.description.BrokerDescription;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.Secret;
import io.noctule.device.description.TlsDescription;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.Trust;
import io.noctule.tls.pem.PemException;
import java.nio.file.Path;
import java.time.Duration;

/** Describes to the device library how an agent connects. */
final class Connecting {
  static final String OFFLINE = "offline";
  static final String ONLINE = "online";

  /** How long the broker keeps what came for an agent that is away. */
  private static final Duration SESSION_EXPIRY = Duration.ofDays(7);

  private Connecting() {}

  static String statusTopic(String id) {
    return "status/" + id;
  }

  /**
   * A device with the agent's broker, identity, will and session.
   *
   * @throws AgentException where a file of keys or certificates cannot be used
   */
  static DeviceBuilder builder(DeviceDescription description, AgentOptions options)
      throws AgentException {
    BrokerDescription broker = description.broker();
    DeviceBuilder builder =
        Device.builder()
            .broker(broker.address().toString())
            .id(description.id())
            .version(options.protocol())
            .will(statusTopic(description.id()), OFFLINE, 1, true)
            .persistentSession(SESSION_EXPIRY);
    String user = broker.user();
    Secret password = broker.password();
    if (user != null) {
      builder =
          password == null
              ? builder.credentials(user)
              : builder.credentials(user, password.value());
    }
    ClientTls chosen = options.tls();
    TlsDescription described = broker.tls();
    if (chosen != null) {
      return builder.tls(chosen);
    }
    return described == null ? builder : builder.tls(tls(described));
  }

  private static ClientTls tls(TlsDescription description) throws AgentException {
    Path cafile = description.cafile();
    Path cert = description.cert();
    Path key = description.key();
    try {
      ClientTls tls = ClientTls.of(cafile == null ? Trust.system() : Trust.file(cafile));
      return cert == null || key == null ? tls : tls.identity(cert, key, null);
    } catch (PemException e) {
      throw new AgentException("broker.tls: " + e.getMessage(), e);
    }
  }
}
