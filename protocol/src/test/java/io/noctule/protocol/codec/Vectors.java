package io.noctule.protocol.codec;

import java.util.List;
import java.util.stream.Stream;

/** All vectors, for encoder, decoder and fuzz tests. */
final class Vectors {
  private Vectors() {}

  static List<Vector> all() {
    return Stream.of(
            ConnectVectors.all(),
            PublishVectors.all(),
            SubscribeVectors.all(),
            DisconnectVectors.all())
        .flatMap(List::stream)
        .toList();
  }
}
