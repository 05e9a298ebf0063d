package io.noctule.history.record;

/** Makes names that databases, tables and people can bear of what devices send. */
final class Names {
  private static final char REPLACEMENT = '\uFFFD';

  private Names() {}

  /** Without control characters, and without halves of characters: no database takes them. */
  static String clean(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isBad(name, i)) {
        return replaced(name);
      }
    }
    return name;
  }

  private static String replaced(String name) {
    var clean = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      clean.append(isBad(name, i) ? REPLACEMENT : name.charAt(i));
    }
    return clean.toString();
  }

  private static boolean isBad(String name, int index) {
    char c = name.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == name.length() || !Character.isLowSurrogate(name.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(name.charAt(index - 1));
    }
    return Character.isISOControl(c);
  }

  /** A name of at most a length; what is cut is told apart by its hash. */
  static String cut(String name, int length) {
    if (name.length() <= length) {
      return name;
    }
    String mark = "~%08x".formatted(name.hashCode());
    int end = Math.max(0, length - mark.length());
    if (end > 0 && Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + mark;
  }
}
