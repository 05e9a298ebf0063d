package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units that an amount may be given in. */
enum Units {
  BYTES(Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30)),
  SECONDS(Map.of("", 1L, "s", 1L, "min", 60L, "h", 3_600L, "d", 86_400L));

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) *([A-Za-z]*)");

  @SuppressWarnings("ImmutableEnumChecker") // Map.of is, and the checker does not know.
  private final Map<String, Long> factors;

  Units(Map<String, Long> factors) {
    this.factors = factors;
  }

  /** The amount in bytes or seconds; empty where the text is none. */
  Optional<BigDecimal> parse(String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(factors.get(matcher.group(2)))
        .map(factor -> new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)));
  }
}
