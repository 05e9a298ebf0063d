package io.noctule.access.rule;

/**
 * A user name or client identifier of a rule, in which {@code *} stands for any characters.
 *
 * @param text as written
 */
record NamePattern(String text) {
  /** Whether a name fits as a whole. */
  boolean matches(String name) {
    int star = -1;
    int resume = 0;
    int at = 0;
    int position = 0;
    // Greedy, going back to the last star: linear in the two lengths' product at worst.
    while (position < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        resume = position;
      } else if (at < text.length() && text.charAt(at) == name.charAt(position)) {
        at++;
        position++;
      } else if (star >= 0) {
        at = star + 1;
        position = ++resume;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }
}
