package io.noctule.protocol.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as a person writes them: hex digits in any grouping, {@code 'text'} for ASCII, {@code ;
 * comment} to the end of a line.
 */
final class AnnotatedHex {
  private static final Pattern COMMENT = Pattern.compile(";[^\n]*");
  private static final Pattern TOKEN = Pattern.compile("'([^']*)'|(\\S+)");

  private AnnotatedHex() {}

  static byte[] parse(String annotated) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher token = TOKEN.matcher(COMMENT.matcher(annotated).replaceAll(""));
    while (token.find()) {
      String text = token.group(1);
      bytes.writeBytes(
          text != null
              ? text.getBytes(StandardCharsets.US_ASCII)
              : HexFormat.of().parseHex(token.group(2)));
    }
    return bytes.toByteArray();
  }
}
