package io.noctule.app.broker;

import io.noctule.access.Access;
import io.noctule.access.file.FileFault;
import io.noctule.app.tls.BrokerTls;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A broker with the users and rules that it obeys and the certificate that it shows.
 *
 * @param broker the running broker
 * @param access its users and rules; with {@code --open} the broker does not ask them
 * @param tls its certificate; null where it does not listen for TLS
 */
public record GuardedBroker(Broker broker, Access access, @Nullable BrokerTls tls)
    implements AutoCloseable {
  /**
   * Starts a broker.
   *
   * @param config all but who may do what
   * @param data folder of users and rules, which need not exist
   * @param open everybody may do everything
   * @param tls its certificate, which is closed with the broker; null for none
   * @throws IOException naming what cannot be opened or read
   * @throws FileFault naming file and line of what is wrong in users or rules
   */
  static GuardedBroker start(
      BrokerConfig.Builder config, Path data, boolean open, @Nullable BrokerTls tls)
      throws IOException, FileFault {
    Access access = Access.open(data);
    try {
      if (open) {
        config.open(true);
      } else {
        config.authenticator(access.authenticator()).authorizer(access.authorizer());
      }
      Broker broker = Broker.start(config.build());
      access.onChange(broker::reviewClients);
      return new GuardedBroker(broker, access, tls);
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
  }

  @Override
  public void close() {
    broker.close();
    access.close();
    if (tls != null) {
      tls.close();
    }
  }
}
