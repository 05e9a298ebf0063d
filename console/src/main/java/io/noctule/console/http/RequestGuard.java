package io.noctule.console.http;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What holds for each request, whatever it asks for: it must name this server as its host, a
 * browser must send it from a page of this server, and only so many are answered at a time. Adds
 * the headers that keep the page from running what is not its own. Any thread.
 */
public final class RequestGuard implements Filter {
  /** Requests at a time; more are told to come back. */
  public static final int MOST_REQUESTS = 64;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName CONTENT_SECURITY_POLICY =
      HeaderNames.create("Content-Security-Policy");
  private static final HeaderName CONTENT_TYPE_OPTIONS =
      HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
  private static final HeaderName RESOURCE_POLICY =
      HeaderNames.create("Cross-Origin-Resource-Policy");
  private static final HeaderName OPENER_POLICY = HeaderNames.create("Cross-Origin-Opener-Policy");

  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private final boolean loopbackOnly;
  private final Set<String> hosts;
  private final String relayPath;
  private final Semaphore turns = new Semaphore(MOST_REQUESTS);
  private final AtomicLong refused = new AtomicLong();

  /**
   * A guard.
   *
   * @param loopbackOnly whether the server listens on loopback alone: then a request that names
   *     another host was led here by a foreign page (DNS rebinding)
   * @param hosts further names, lower case, that a request may name, such as that of a proxy
   * @param relayPath where WebSockets live, which bounds them itself
   */
  public RequestGuard(boolean loopbackOnly, Set<String> hosts, String relayPath) {
    this.relayPath = relayPath;
    this.loopbackOnly = loopbackOnly;
    this.hosts = Set.copyOf(hosts);
  }

  /** How many requests were told to come back since the start. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    addHeaders(response.headers());
    Optional<Problem> problem = check(request);
    if (problem.isPresent()) {
      JsonBody.send(response, problem.get());
    } else if (isUpgrade(request.headers())
        && request.prologue().uriPath().path().equals(relayPath)) {
      // Lasts as long as the page is open: the relay has its own bound.
      chain.proceed();
    } else {
      proceed(chain, response);
    }
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      // Helidon 4.5.0 answers "Connection: close" and goes on reading.
      throw new CloseConnectionException("the client asked for it");
    }
  }

  private void proceed(FilterChain chain, RoutingResponse response) {
    if (!turns.tryAcquire()) {
      refused.incrementAndGet();
      JsonBody.send(
          response,
          Problem.unavailable(
                  "The console answers %d requests at a time; try again in a second."
                      .formatted(MOST_REQUESTS))
              .retryAfter(1));
      return;
    }
    try {
      chain.proceed();
    } finally {
      turns.release();
    }
  }

  private static boolean isUpgrade(ServerRequestHeaders headers) {
    return headers.contains(HeaderNames.UPGRADE);
  }

  /** The headers that each answer has. */
  static void addHeaders(ServerResponseHeaders headers) {
    headers.set(CONTENT_SECURITY_POLICY, POLICY);
    headers.set(CONTENT_TYPE_OPTIONS, "nosniff");
    headers.set(REFERRER_POLICY, "no-referrer");
    headers.set(RESOURCE_POLICY, "same-origin");
    headers.set(OPENER_POLICY, "same-origin");
  }

  private Optional<Problem> check(RoutingRequest request) {
    String authority = request.authority().toLowerCase(Locale.ROOT);
    if (loopbackOnly && !isOwn(hostOf(authority))) {
      return Optional.of(
          new Problem(
              421,
              "Wrong host",
              "This console is %s on this machine, not '%s'; --allow-host adds a name."
                  .formatted("localhost", hostOf(authority)),
              "Host",
              Map.of()));
    }
    String method = request.prologue().method().text();
    if (SAFE_METHODS.contains(method) && !isUpgrade(request.headers())) {
      return Optional.empty();
    }
    @Nullable String origin = request.headers().value(HeaderNames.ORIGIN).orElse(null);
    String site = request.headers().value(FETCH_SITE).orElse("same-origin");
    boolean foreign =
        !(site.equals("same-origin") || site.equals("none"))
            || (origin != null && !isSameOrigin(origin, authority));
    return foreign
        ? Optional.of(
            Problem.forbidden(
                "The request comes from a page of '%s', not of this console."
                    .formatted(origin == null ? site : origin)))
        : Optional.empty();
  }

  private boolean isOwn(String host) {
    return LOOPBACK.contains(host) || hosts.contains(host);
  }

  private static String hostOf(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  /**
   * Compares host and port, not the scheme: a proxy may speak HTTPS for us, and a page of the same
   * name over HTTP is then the proxy's own.
   */
  private static boolean isSameOrigin(String origin, String authority) {
    try {
      var uri = new URI(origin);
      String own = uri.getRawAuthority();
      if (own == null || uri.getScheme() == null) {
        return false;
      }
      String usual = uri.getScheme().equals("https") ? ":443" : ":80";
      return withPort(own.toLowerCase(Locale.ROOT), usual).equals(withPort(authority, usual));
    } catch (URISyntaxException _) {
      // "null" and worse: no page of ours.
      return false;
    }
  }

  private static String withPort(String authority, String usual) {
    return hostOf(authority).equals(authority) ? authority + usual : authority;
  }

  /** The address of a client, without its port. */
  public static InetAddress addressOf(PeerInfo peer) {
    if (peer.address() instanceof InetSocketAddress socket && socket.getAddress() != null) {
      return socket.getAddress();
    }
    throw new IllegalStateException("a client without an address: " + peer.address());
  }
}
