package io.noctule.console.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client is told it (RFC 9457).
 *
 * @param status the HTTP status
 * @param title what kind of error it is, the same for all of its kind
 * @param detail what is wrong with what value, and what to do; for people
 * @param field the member or parameter that is wrong; null where it is none
 * @param extensions further members
 */
public record Problem(
    int status,
    String title,
    String detail,
    @Nullable String field,
    Map<String, Object> extensions) {
  /** The media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static final String RETRY_AFTER = "retryAfterSeconds";

  /** Copies the extensions. */
  public Problem {
    extensions = Map.copyOf(extensions);
  }

  /** A problem without field and extensions. */
  public static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, null, Map.of());
  }

  /** A value that cannot be: status 400. */
  public static Problem badValue(String field, String detail) {
    return new Problem(400, "The request has a wrong value", detail, field, Map.of());
  }

  /** A body that cannot be read: status 400. */
  public static Problem badBody(String detail) {
    return of(400, "The body cannot be read", detail);
  }

  /** Something that the person may not do: status 403. */
  public static Problem forbidden(String detail) {
    return of(403, "Not allowed", detail);
  }

  /** Something that is not there: status 404. */
  public static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }

  /** Something that does not work at the moment: status 503. */
  public static Problem unavailable(String detail) {
    return of(503, "Not available now", detail);
  }

  /** The problem with a member more. */
  public Problem with(String name, Object value) {
    var more = new LinkedHashMap<>(extensions);
    more.put(name, value);
    return new Problem(status, title, detail, field, more);
  }

  /** The problem, with the time after which to try again; a header tells it too. */
  public Problem retryAfter(long seconds) {
    return with(RETRY_AFTER, seconds);
  }

  /** The members of the body. */
  Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    if (field != null) {
      members.put("field", field);
    }
    members.putAll(extensions);
    return members;
  }
}
