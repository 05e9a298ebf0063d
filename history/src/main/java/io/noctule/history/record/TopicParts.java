package io.noctule.history.record;

/**
 * What a topic says of a message.
 *
 * @param device the device that it names; empty where it names none
 * @param seriesPrefix what the names of its series begin with: its levels behind the device; empty
 *     where there are none
 * @param bareName the series of a payload that is only a number
 */
record TopicParts(String device, String seriesPrefix, String bareName) {
  private static final String READINGS = "sensor_data";
  private static final String BARE = "value";

  static TopicParts of(String topic) {
    if (topic.equals(READINGS)) {
      return new TopicParts("", "", BARE);
    }
    if (!topic.startsWith(READINGS + "/")) {
      String last = topic.substring(topic.lastIndexOf('/') + 1);
      return new TopicParts("", "", last.isEmpty() ? BARE : Names.clean(last));
    }
    int start = READINGS.length() + 1;
    int end = topic.indexOf('/', start);
    if (end < 0) {
      return new TopicParts(topic.substring(start), "", BARE);
    }
    String rest = Names.clean(topic.substring(end + 1).replace('/', '.'));
    return new TopicParts(topic.substring(start, end), rest, rest.isEmpty() ? BARE : rest);
  }
}
