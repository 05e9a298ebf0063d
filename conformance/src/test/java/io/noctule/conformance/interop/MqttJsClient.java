package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Starts mqtt.js, the client of web pages, over WebSocket. */
final class MqttJsClient {
  private static final Path FOLDER = Path.of("src/test/js").toAbsolutePath();

  private MqttJsClient() {}

  /**
   * A client that is not yet connected.
   *
   * @param protocolVersion 3, 4 or 5, as on the wire
   */
  static PublicClient start(int protocolVersion) {
    assertThat(FOLDER.resolve("node_modules/mqtt"))
        .as("mqtt.js is needed by this test: npm ci --prefix %s (./test does it)", FOLDER)
        .isDirectory();
    return DrivenClient.start(
        "nodejs npm",
        "node",
        FOLDER.resolve("mqttjs_client.mjs").toString(),
        Integer.toString(protocolVersion));
  }
}
