package io.noctule.console.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.NotFoundException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each error with a problem, and tells the client nothing of the program's inside. */
public final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private ErrorAnswers() {}

  /** Has the errors of handlers answered. */
  public static void install(HttpRouting.Builder routing) {
    routing
        .error(ProblemException.class, (_, response, e) -> send(response, e.problem()))
        .error(NotFoundException.class, (request, response, _) -> notFound(request, response))
        .error(HttpException.class, ErrorAnswers::http)
        .error(Throwable.class, ErrorAnswers::unexpected);
  }

  private static void send(ServerResponse response, Problem problem) {
    // Helidon takes back what was set before the error.
    RequestGuard.addHeaders(response.headers());
    JsonBody.send(response, problem);
  }

  private static void notFound(ServerRequest request, ServerResponse response) {
    send(
        response,
        Problem.notFound(
            "There is no %s %s; /api/v1/openapi.json lists what there is."
                .formatted(request.prologue().method().text(), request.path().path())));
  }

  private static void http(ServerRequest request, ServerResponse response, HttpException e) {
    if (e.status().code() >= 500) {
      unexpected(request, response, e);
      return;
    }
    send(
        response,
        Problem.of(e.status().code(), e.status().reasonPhrase(), "The request is not understood."));
  }

  private static void unexpected(ServerRequest request, ServerResponse response, Throwable e) {
    LOG.error(
        "console: {} {} failed",
        request.prologue().method().text(),
        request.prologue().uriPath().path(),
        e);
    send(
        response,
        Problem.of(500, "Internal error", "The console's log tells more about what failed."));
  }

  /** Answers what does not get as far as to a handler. */
  public static DirectHandlers beforeRouting() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, ErrorAnswers::direct);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse direct(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    RequestGuard.addHeaders(headers);
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    Problem problem =
        Problem.of(status.code(), status.reasonPhrase(), "The request is not understood.");
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(type.keepAlive())
        .entity(JsonBody.MAPPER.writeValueAsBytes(problem.members()))
        .build();
  }
}
