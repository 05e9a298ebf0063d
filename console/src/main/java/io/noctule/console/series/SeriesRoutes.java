package io.noctule.console.series;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.noctule.console.device.DeviceDirectory;
import io.noctule.console.http.JsonBody;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.session.Login;
import io.noctule.console.session.Person;
import io.noctule.history.export.CsvExport;
import io.noctule.history.query.Extent;
import io.noctule.history.query.History;
import io.noctule.history.query.HistoryUnavailableException;
import io.noctule.history.query.Point;
import io.noctule.history.query.Range;
import io.noctule.history.query.Statistics;
import io.noctule.history.record.RecordingStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /history} and the series of devices: what was measured before. */
public final class SeriesRoutes implements HttpService {
  private static final int USUAL_POINTS = 600;
  private static final Duration USUAL_SPAN = Duration.ofHours(1);

  private final @Nullable History history;
  private final DeviceDirectory directory;
  private final Login login;
  private final InstantSource clock;

  /**
   * The routes.
   *
   * @param history null where nothing is recorded
   */
  public SeriesRoutes(
      @Nullable History history, DeviceDirectory directory, Login login, InstantSource clock) {
    this.history = history;
    this.directory = directory;
    this.login = login;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/history", this::state)
        .get("/devices/{id}/series", this::series)
        .get("/devices/{id}/series/{+metric}", this::range)
        .get("/devices/{id}/readings.csv", this::readings);
  }

  private void state(ServerRequest request, ServerResponse response) {
    Person person = login.person(request);
    var view = new LinkedHashMap<String, @Nullable Object>();
    if (history == null) {
      view.put("recording", false);
      view.put("state", "off");
      view.put("problem", "This console has no history.");
    } else {
      describe(history.statistics(), person.isAdmin(), view);
    }
    JsonBody.send(response, 200, view);
  }

  private static void describe(
      Statistics statistics, boolean admin, Map<String, @Nullable Object> view) {
    RecordingStatus recording = statistics.recording();
    view.put(
        "recording",
        recording.state() == RecordingStatus.State.RECORDING && statistics.unreadable() == null);
    view.put("state", recording.state().name().toLowerCase(Locale.ROOT));
    view.put("since", recording.since().toString());
    view.put(
        "problem", statistics.unreadable() == null ? recording.reason() : statistics.unreadable());
    view.put("waiting", recording.waiting());
    Statistics.Contents contents = statistics.contents();
    if (contents != null) {
      view.put("devices", contents.devices());
      view.put("series", contents.series());
      view.put("readings", contents.readings());
      view.put("messages", contents.messages());
      view.put("sizeBytes", contents.bytes());
    }
    if (admin) {
      view.put("database", statistics.database());
    }
  }

  private void series(ServerRequest request, ServerResponse response) {
    String device = device(request);
    List<Map<String, @Nullable Object>> view =
        ask(History::extents, device).stream().map(extent -> line(device, extent)).toList();
    JsonBody.send(response, 200, view);
  }

  private Map<String, @Nullable Object> line(String device, Extent extent) {
    var line = new LinkedHashMap<String, @Nullable Object>();
    line.put("metric", extent.metric());
    line.put("unit", directory.unit(device, extent.metric()).orElse(null));
    line.put("from", extent.from().toString());
    line.put("to", extent.to().toString());
    return line;
  }

  private interface Question<T> {
    T ask(History history, String device);
  }

  private <T> T ask(Question<T> question, String device) {
    return ask(known -> question.ask(known, device));
  }

  private <T> T ask(Function<History, T> question) {
    try {
      return question.apply(recorded());
    } catch (HistoryUnavailableException e) {
      throw new ProblemException(Problem.unavailable(String.valueOf(e.getMessage())));
    }
  }

  private History recorded() {
    if (history == null) {
      throw new ProblemException(
          Problem.unavailable(
              "This console has no history; start it with one to record readings."));
    }
    return history;
  }

  /** The device of the path, where the person may see it; it may be known by the history alone. */
  private String device(ServerRequest request) {
    Person person = login.person(request);
    String id = request.path().pathParameters().get("id");
    if (!directory.maySee(person, id)) {
      throw new ProblemException(
          Problem.notFound(
              "There is no device '%s', or %s may not see it.".formatted(id, person.name())));
    }
    return id;
  }

  private record Span(Instant from, Instant to) {}

  private Span span(ServerRequest request, Duration usual) {
    Instant to = TimeParameter.time(request, "to", clock.instant());
    Instant from = TimeParameter.time(request, "from", to.minus(usual));
    if (!from.isBefore(to)) {
      throw new ProblemException(
          Problem.badValue("from", "from must be before to, was %s and %s.".formatted(from, to)));
    }
    return new Span(from, to);
  }

  private void range(ServerRequest request, ServerResponse response) {
    String device = device(request);
    String metric = request.path().pathParameters().get("metric");
    Span span = span(request, USUAL_SPAN);
    int points = TimeParameter.number(request, "points", USUAL_POINTS, History.MOST_POINTS);
    Range range = ask(known -> known.range(device, metric, span.from(), span.to(), points));
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("metric", metric);
    view.put("unit", directory.unit(device, metric).orElse(null));
    view.put("from", span.from().toString());
    view.put("to", span.to().toString());
    view.put("bucketSeconds", (double) range.step().toMillis() / TimeUnit.SECONDS.toMillis(1));
    view.put("points", range.points().stream().map(SeriesRoutes::point).toList());
    JsonBody.send(response, 200, view);
  }

  /** A stretch of time is shown in the middle of its readings. */
  private static List<Number> point(Point point) {
    long first = point.first().toEpochMilli();
    return List.of(
        first + (point.last().toEpochMilli() - first) / 2,
        point.min(),
        point.max(),
        point.average());
  }

  private void readings(ServerRequest request, ServerResponse response) throws IOException {
    String device = device(request);
    Span span = span(request, Duration.between(Instant.EPOCH, clock.instant()));
    History known = recorded();
    // Where the database is away the answer is a problem, not half a file.
    List<String> metrics = ask(History::series, device);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response
        .headers()
        .set(
            HeaderNames.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.csv\"".formatted(fileName(device)));
    if (metrics.isEmpty()) {
      response.send("time\r\n".getBytes(StandardCharsets.UTF_8));
      return;
    }
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(response.outputStream(), StandardCharsets.UTF_8))) {
      new CsvExport(known, device, Optional.empty(), span.from(), span.to()).writeTo(out);
    }
  }

  private static String fileName(String device) {
    return device.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
