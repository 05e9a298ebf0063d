package io.noctule.access.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as Argon2id leaves it (RFC 9106), in the PHC string format {@code
 * $argon2id$v=19$m=KIBIBYTES,t=PASSES,p=LANES$SALT$HASH}. Immutable, any thread.
 */
public final class PasswordHash {
  // OWASP's first choice for 19 MiB: 35 ms on a desktop's core, and still fit for a Raspberry Pi.
  private static final int MEMORY_KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  // What is accepted from elsewhere: a hash in the file must not take the broker's memory away.
  private static final int LARGEST_MEMORY_KIBIBYTES = 262_144;
  private static final int MOST_PASSES = 64;
  private static final int MOST_LANES = 16;
  private static final int SHORTEST_SALT_BYTES = 8;
  private static final int SHORTEST_HASH_BYTES = 16;
  private static final int LONGEST_FIELD_BYTES = 64;
  private static final int KIBIBYTES_A_LANE = 8;

  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final int PROOF_BYTES = 12;

  private final String text;
  private final Argon2Parameters parameters;
  private final byte[] hash;
  private final String proof;

  private PasswordHash(Argon2Parameters parameters, byte[] hash) {
    this.parameters = parameters;
    this.hash = hash;
    this.text =
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                parameters.getMemory(),
                parameters.getIterations(),
                parameters.getLanes(),
                ENCODER.encodeToString(parameters.getSalt()),
                ENCODER.encodeToString(hash));
    this.proof = digest(text);
  }

  /**
   * Of a new password, with a salt of its own. Takes tens of milliseconds and 19 MiB.
   *
   * @param password not changed
   */
  public static PasswordHash of(byte[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Argon2Parameters parameters = parameters(MEMORY_KIBIBYTES, PASSES, LANES, salt);
    return new PasswordHash(
        parameters, generate(parameters, password, HASH_BYTES, new WorkingMemory()));
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  public static PasswordHash parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the password must be $argon2id$v=19$m=...,t=...,p=...$SALT$HASH");
    }
    int memory = number("m", matcher.group(1), KIBIBYTES_A_LANE, LARGEST_MEMORY_KIBIBYTES);
    int passes = number("t", matcher.group(2), 1, MOST_PASSES);
    int lanes = number("p", matcher.group(3), 1, MOST_LANES);
    if (memory < KIBIBYTES_A_LANE * lanes) {
      throw new IllegalArgumentException("m must be at least 8 for each of the p lanes");
    }
    byte[] salt = bytes("salt", matcher.group(4), SHORTEST_SALT_BYTES);
    byte[] hash = bytes("hash", matcher.group(5), SHORTEST_HASH_BYTES);
    return new PasswordHash(parameters(memory, passes, lanes, salt), hash);
  }

  private static int number(String name, String digits, int lowest, int highest) {
    int value = Integer.parseInt(digits);
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s of the password must be %d to %d, was %d".formatted(name, lowest, highest, value));
    }
    return value;
  }

  private static byte[] bytes(String name, String base64, int shortest) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the password's " + name + " is not base64", e);
    }
    if (bytes.length < shortest || bytes.length > LONGEST_FIELD_BYTES) {
      throw new IllegalArgumentException(
          "the password's %s must have %d to %d bytes, has %d"
              .formatted(name, shortest, LONGEST_FIELD_BYTES, bytes.length));
    }
    return bytes;
  }

  private static Argon2Parameters parameters(int memory, int passes, int lanes, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memory)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt)
        .build();
  }

  private static byte[] generate(
      Argon2Parameters parameters, byte[] password, int length, WorkingMemory memory) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(parameters.getVersion())
            .withMemoryAsKB(parameters.getMemory())
            .withIterations(parameters.getIterations())
            .withParallelism(parameters.getLanes())
            .withSalt(parameters.getSalt())
            .withBlockPool(memory.blocks)
            .build());
    byte[] output = new byte[length];
    generator.generateBytes(password, output);
    return output;
  }

  /**
   * The 19 MiB that a check takes, for the next one: else each would leave as much to the garbage
   * collector. For one thread.
   */
  public static final class WorkingMemory {
    private final Argon2BytesGenerator.FixedBlockPool blocks =
        new Argon2BytesGenerator.FixedBlockPool(MEMORY_KIBIBYTES);

    /** None yet. */
    public WorkingMemory() {}
  }

  /** Whether it is of this password. Takes as long as making one. */
  public boolean matches(byte[] password, WorkingMemory memory) {
    return MessageDigest.isEqual(hash, generate(parameters, password, hash.length, memory));
  }

  /** The PHC string. */
  public String text() {
    return text;
  }

  /** Tells this hash from others without giving it away. */
  public String proof() {
    return proof;
  }

  private static String digest(String text) {
    try {
      byte[] full =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(full, 0, PROOF_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Leaves salt and hash out. */
  @Override
  public String toString() {
    return "password " + proof;
  }
}
