package io.noctule.conformance.interop;

import java.nio.file.Path;

/** Starts Debian's Paho client for Python. */
final class PahoPythonClient {
  private PahoPythonClient() {}

  /**
   * A client that is not yet connected.
   *
   * @param version 3.1, 3.1.1 or 5
   */
  static PublicClient start(String version) {
    Path script = Path.of("src/test/python/paho_client.py").toAbsolutePath();
    return DrivenClient.start("python3-paho-mqtt", "/usr/bin/python3", script.toString(), version);
  }
}
