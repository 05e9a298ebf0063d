package io.noctule.device;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import io.noctule.tls.context.ClientTls;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** TLS as the client library wants to be told. */
final class TlsConfig {
  private TlsConfig() {}

  /** The library's configuration; null where there is no TLS. */
  static @Nullable MqttClientSslConfig of(@Nullable ClientTls tls) {
    if (tls == null) {
      return null;
    }
    var config =
        MqttClientSslConfig.builder()
            .trustManagerFactory(tls.trustManagerFactory())
            .keyManagerFactory(tls.keyManagerFactory())
            .protocols(tls.protocols())
            .cipherSuites(tls.cipherSuites())
            .handshakeTimeout(DeviceSettings.TLS_HANDSHAKE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    // Without a verifier the library has the name checked during the handshake.
    return tls.checksHostName() ? config.build() : config.hostnameVerifier((_, _) -> true).build();
  }
}
