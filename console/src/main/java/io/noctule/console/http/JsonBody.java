package io.noctule.console.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in requests and answers. */
public final class JsonBody {
  /** The media type of most bodies. */
  public static final String MEDIA_TYPE = "application/json";

  /** Bytes of a request's body, at most. */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int DEEPEST = 32;

  /** Reads and writes JSON of strangers: nothing behind the value, no deep nesting. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private JsonBody() {}

  /**
   * The body of a request, a JSON object.
   *
   * @param mediaType what the request must say that it is
   * @throws ProblemException where it is something else, too large or no JSON
   */
  public static ObjectNode read(ServerRequest request, String mediaType) {
    requireMediaType(request, mediaType);
    byte[] body = bytes(request);
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new ProblemException(
          Problem.badBody("The body is not JSON: " + e.getOriginalMessage()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(Problem.badBody("The body must be a JSON object, as {…} is one."));
  }

  private static void requireMediaType(ServerRequest request, String mediaType) {
    String type = request.headers().value(HeaderNames.CONTENT_TYPE).orElse("");
    int semicolon = type.indexOf(';');
    String bare = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    if (!bare.toLowerCase(Locale.ROOT).equals(mediaType)) {
      throw new ProblemException(
          new Problem(
              415,
              "Unsupported media type",
              "The body must be sent as %s, was %s."
                  .formatted(mediaType, bare.isEmpty() ? "without a type" : "'" + bare + "'"),
              "Content-Type",
              Map.of()));
    }
  }

  private static byte[] bytes(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new ProblemException(
            Problem.of(
                413, "Too large", "The body must have at most %d bytes.".formatted(MOST_BYTES)));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A member that must be a text.
   *
   * @throws ProblemException where it is missing or something else
   */
  public static String text(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isString()) {
      throw new ProblemException(
          Problem.badValue(
              name,
              "%s must be a text, was %s."
                  .formatted(name, value == null ? "missing" : "a " + kind(value))));
    }
    return value.stringValue();
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** Answers with JSON. */
  public static void send(ServerResponse response, int status, Object body) {
    send(response, status, MEDIA_TYPE, body);
  }

  /** Answers with a problem. */
  public static void send(ServerResponse response, Problem problem) {
    Object seconds = problem.extensions().get(Problem.RETRY_AFTER);
    if (seconds != null) {
      response.headers().set(HeaderNames.RETRY_AFTER, seconds.toString());
    }
    send(response, problem.status(), Problem.MEDIA_TYPE, problem.members());
  }

  private static void send(ServerResponse response, int status, String mediaType, Object body) {
    response.status(Status.create(status));
    response.headers().set(HeaderNames.CONTENT_TYPE, mediaType);
    // What a device measures now is not what it measured when a cache saw it.
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(MAPPER.writeValueAsBytes(body));
  }
}
