package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A packet's whole content as text, arrays and buffers included, so that two can be compared and a
 * difference read.
 */
final class PacketText {
  private PacketText() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
      case ByteBuf buffer -> "buffer " + ByteBufUtil.hexDump(buffer);
      case List<?> list -> {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        list.forEach(element -> text.add(of(element)));
        yield text.toString();
      }
      case Record packet -> ofRecord(packet);
      default -> value.toString();
    };
  }

  private static String ofRecord(Record packet) {
    StringJoiner text = new StringJoiner("\n  ", packet.getClass().getSimpleName() + "[\n  ", "]");
    for (RecordComponent component : packet.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(packet);
        text.add(component.getName() + "=" + of(value).replace("\n", "\n  "));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return text.toString();
  }
}
