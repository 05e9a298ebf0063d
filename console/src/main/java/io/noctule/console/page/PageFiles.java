package io.noctule.console.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Serves the page's files from the class path's folder {@code page}, compressed beforehand where a
 * {@code .br} or {@code .gz} lies beside one. A path without a file is the page itself, which reads
 * its address. Any thread.
 */
public final class PageFiles implements HttpService {
  private static final String FOLDER = "/page/";
  private static final String INDEX = "index.html";

  /** Plain names alone: no way up, no folders' listings. */
  private static final Pattern FILE =
      Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[A-Za-z0-9]+");

  /** Names that have the hash of their content, as Vite gives them. */
  private static final Pattern HASHED =
      Pattern.compile("assets/.*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final HeaderName VARY = HeaderNames.VARY;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private static final List<Encoding> ENCODINGS =
      List.of(new Encoding("br", ".br"), new Encoding("gzip", ".gz"));

  private static final String NOT_BUILT =
      """
      The page of the console was not built.

      Build it with Maven and Node.js: mvn -pl console -am package
      The API works without it: /api/v1/openapi.json lists what there is.
      """;

  private record Encoding(String name, String suffix) {}

  /** The page that is on the class path, or the notice that there is none. */
  public PageFiles() {}

  @Override
  public void routing(HttpRules rules) {
    rules.get("/*", this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response) throws IOException {
    String path = request.prologue().uriPath().path().substring(1);
    if (path.isEmpty()) {
      index(request, response);
    } else if (FILE.matcher(path).matches()) {
      if (!send(path, request, response)) {
        throw new ProblemException(Problem.notFound("There is no file '%s'.".formatted(path)));
      }
    } else {
      index(request, response);
    }
  }

  private static void index(ServerRequest request, ServerResponse response) throws IOException {
    if (!send(INDEX, request, response)) {
      response.status(503);
      response.headers().set(HeaderNames.CONTENT_TYPE, TYPES.getOrDefault("txt", "text/plain"));
      response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
      response.send(NOT_BUILT.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean send(String file, ServerRequest request, ServerResponse response)
      throws IOException {
    String accepted =
        request.headers().value(HeaderNames.ACCEPT_ENCODING).orElse("").toLowerCase(Locale.ROOT);
    for (Encoding encoding : ENCODINGS) {
      if (accepts(accepted, encoding.name())) {
        Optional<byte[]> content = read(file + encoding.suffix());
        if (content.isPresent()) {
          response.headers().set(HeaderNames.CONTENT_ENCODING, encoding.name());
          send(file, content.get(), request, response);
          return true;
        }
      }
    }
    Optional<byte[]> content = read(file);
    if (content.isEmpty()) {
      return false;
    }
    send(file, content.get(), request, response);
    return true;
  }

  private static boolean accepts(String accepted, String encoding) {
    for (String offer : accepted.split(",", -1)) {
      String[] parts = offer.strip().split(";", -1);
      if (parts[0].strip().equals(encoding)) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static void send(
      String file, byte[] content, ServerRequest request, ServerResponse response) {
    String type = file.substring(file.lastIndexOf('.') + 1);
    response.headers().set(VARY, "Accept-Encoding");
    response
        .headers()
        .set(HeaderNames.CONTENT_TYPE, TYPES.getOrDefault(type, "application/octet-stream"));
    if (HASHED.matcher(file).matches()) {
      response.headers().set(HeaderNames.CACHE_CONTROL, FOR_EVER);
      response.send(content);
      return;
    }
    String tag = tag(content);
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-cache");
    response.headers().set(HeaderNames.ETAG, tag);
    if (request.headers().value(HeaderNames.IF_NONE_MATCH).orElse("").equals(tag)) {
      response.status(304).send();
    } else {
      response.send(content);
    }
  }

  /** Tells builds apart; nobody but us writes the files. */
  private static String tag(byte[] content) {
    var sum = new CRC32C();
    sum.update(content);
    return "\"%x-%08x\"".formatted(content.length, sum.getValue());
  }

  private static Optional<byte[]> read(String file) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
