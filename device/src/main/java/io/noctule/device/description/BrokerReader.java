package io.noctule.device.description;

import io.noctule.device.BrokerAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the broker of the file. */
final class BrokerReader {
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]*:\\d+|\\[.*]:\\d+");

  private final Section root;
  private final FileNames files;

  BrokerReader(Section root, FileNames files) {
    this.root = root;
    this.files = files;
  }

  BrokerDescription read() {
    Optional<YamlNode> node = root.node(Keys.BROKER);
    if (node.isEmpty()) {
      return BrokerDescription.LOCAL;
    }
    if (node.get() instanceof YamlNode.Scalar address) {
      return root.make(
          () -> new BrokerDescription(parse("broker", address.text()), null, null, null));
    }
    return read(root.section(Keys.BROKER).orElseThrow());
  }

  private static BrokerAddress parse(String name, String text) {
    try {
      return BrokerAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private BrokerDescription read(Section section) {
    section.refuseOthers(Keys.OF_BROKER);
    TlsDescription tls = tls(section);
    String host = section.text(Keys.HOST).orElse(BrokerDescription.LOCAL.address().host());
    if (HOST_AND_PORT.matcher(host).matches()) {
      section.refuse(
          Keys.HOST, "must be a host alone, was '%s'; write the port as port".formatted(host));
    }
    int standard = tls == null ? BrokerAddress.DEFAULT_PORT : BrokerDescription.DEFAULT_TLS_PORT;
    int port = section.integer(Keys.PORT, standard);
    String user = section.text(Keys.USER).orElse(null);
    Secret password = password(section);
    return section.make(() -> new BrokerDescription(address(host, port), user, password, tls));
  }

  private static BrokerAddress address(String host, int port) {
    try {
      return new BrokerAddress(host, port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("host: " + e.getMessage(), e);
    }
  }

  private @Nullable Secret password(Section section) {
    Optional<String> password = section.text(Keys.PASSWORD);
    Path file = files.resolve(section, Keys.PASSWORD_FILE);
    if (file == null) {
      return password.map(Secret::new).orElse(null);
    }
    if (password.isPresent()) {
      section.refuse(Keys.PASSWORD_FILE, "must not be given together with password");
    }
    return new Secret(files.firstLine(section, Keys.PASSWORD_FILE, file));
  }

  private @Nullable TlsDescription tls(Section section) {
    Optional<YamlNode> node = section.node(Keys.TLS);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping) {
      Section tls = section.section(Keys.TLS).orElseThrow();
      tls.refuseOthers(Keys.OF_TLS);
      Path cafile = files.resolve(tls, Keys.CAFILE);
      Path cert = files.resolve(tls, Keys.CERT);
      Path key = files.resolve(tls, Keys.KEY);
      return tls.make(() -> new TlsDescription(cafile, cert, key));
    }
    return section.flag(Keys.TLS, false) ? new TlsDescription(null, null, null) : null;
  }
}
