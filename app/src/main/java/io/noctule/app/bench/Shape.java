package io.noctule.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who gets whose messages. */
enum Shape {
  /** Each subscriber gets the messages of all publishers; many publishers. */
  FAN_IN("fan-in", 10, 1),
  /** Each subscriber gets the messages of all publishers; many subscribers. */
  FAN_OUT("fan-out", 1, 100),
  /** Each publisher has a subscriber of its own. */
  PAIRS("pairs", 50, 50);

  private final String label;
  private final int usualPublishers;
  private final int usualSubscribers;

  Shape(String label, int usualPublishers, int usualSubscribers) {
    this.label = label;
    this.usualPublishers = usualPublishers;
    this.usualSubscribers = usualSubscribers;
  }

  /** The word on the command line. */
  String label() {
    return label;
  }

  int usualPublishers() {
    return usualPublishers;
  }

  int usualSubscribers() {
    return usualSubscribers;
  }

  static Optional<Shape> of(String label) {
    return Arrays.stream(values()).filter(shape -> shape.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Shape::label).toList();
  }
}
