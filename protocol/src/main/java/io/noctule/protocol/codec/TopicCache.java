package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.topic.TopicName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a connection has published to lately, found by their bytes: a repeated topic is
 * neither checked nor made again.
 *
 * <p>A topic has two neighbouring places, and takes one from the topic that has been there for
 * longer. Starts with two places in all, which suits a device; each time that a third topic comes
 * to two places there are more, to a limit. Long topics are not kept, so that a stranger cannot
 * fill the memory: a full cache holds at most {@value #MOST_PLACES} times {@value #LONGEST_BYTES}
 * bytes of text, twice.
 */
final class TopicCache {
  private static final int MOST_PLACES = 32;
  private static final int GROWTH = 4;
  private static final int LONGEST_BYTES = 256;

  private static final VarHandle LONG_OF_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Length is a power of two; the newer topic of two neighbours stands at the even index. */
  private @Nullable TopicName[] places = new TopicName[2];

  /**
   * The topic name of some bytes.
   *
   * @param length 1 to 65,535
   * @throws ProtocolException where they are not UTF-8 or have a wildcard [MQTT-3.3.2-1]
   *     [MQTT-3.3.2-2]
   */
  TopicName get(ByteBuf in, int index, int length) throws ProtocolException {
    if (length > LONGEST_BYTES) {
      return decode(in, index, length);
    }
    int place = placeOf(in, index, length);
    TopicName newer = places[place];
    if (newer != null && isEqual(newer.utf8(), in, index, length)) {
      return newer;
    }
    TopicName older = places[place + 1];
    if (older != null && isEqual(older.utf8(), in, index, length)) {
      return older;
    }
    TopicName topic = decode(in, index, length);
    if (older != null && places.length < MOST_PLACES) {
      // What was cached comes back by itself, should it be needed.
      places = new TopicName[places.length * GROWTH];
      place = placeOf(in, index, length);
    }
    places[place + 1] = places[place];
    places[place] = topic;
    return topic;
  }

  private static TopicName decode(ByteBuf in, int index, int length) throws ProtocolException {
    BodyReader.requireUtf8(in, index, length, PacketType.PUBLISH, "topic name");
    String text = in.toString(index, length, StandardCharsets.UTF_8);
    return BodyReader.topicName(text, PacketType.PUBLISH, "topic name");
  }

  /**
   * Looks at the topic's start, middle and end: where the topics of one client differ is mostly one
   * of them.
   */
  private int placeOf(ByteBuf in, int index, int length) {
    if (places.length == 2) {
      return 0;
    }
    long hash = length;
    if (length >= Long.BYTES) {
      hash = mix(hash, in.getLong(index));
      hash = mix(hash, in.getLong(index + ((length - Long.BYTES) >>> 1)));
      hash = mix(hash, in.getLong(index + length - Long.BYTES));
    } else {
      for (int i = 0; i < length; i++) {
        hash = mix(hash, in.getByte(index + i));
      }
    }
    return (int) (hash >>> 32) & (places.length - 2);
  }

  private static long mix(long hash, long bytes) {
    long mixed = (hash ^ bytes) * 0x9E37_79B9_7F4A_7C15L;
    return mixed ^ (mixed >>> 29);
  }

  /** Eight bytes at a time; the last eight overlap those before, so that there is no rest. */
  private static boolean isEqual(byte[] cached, ByteBuf in, int index, int length) {
    if (cached.length != length) {
      return false;
    }
    int last = length - Long.BYTES;
    if (last < 0) {
      for (int i = 0; i < length; i++) {
        if (cached[i] != in.getByte(index + i)) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONG_OF_BYTES.get(cached, i) != in.getLong(index + i)) {
        return false;
      }
    }
    return (long) LONG_OF_BYTES.get(cached, last) == in.getLong(index + last);
  }
}
