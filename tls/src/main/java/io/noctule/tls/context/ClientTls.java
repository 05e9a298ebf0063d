package io.noctule.tls.context;

import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS of those who connect: whom they believe, who they are, and how. Immutable, any thread.
 *
 * <pre>{@code
 * ClientTls tls = ClientTls.of(Trust.file(Path.of("ca.crt")))
 *     .identity(Path.of("greenhouse-1.crt"), Path.of("greenhouse-1.key"), null);
 * }</pre>
 */
public final class ClientTls {
  private final Trust trust;
  private final @Nullable Identity identity;
  private final boolean checksHostName;
  private final List<TlsVersion> versions;
  private final SSLContext context;

  private ClientTls(
      Trust trust, @Nullable Identity identity, boolean checksHostName, List<TlsVersion> versions) {
    this.trust = trust;
    this.identity = identity;
    this.checksHostName = checksHostName;
    this.versions = List.copyOf(versions);
    this.context =
        Contexts.of(identity == null ? null : new FixedIdentity(identity), trust.trustManager());
  }

  /** Without a certificate of its own, with host names checked, in TLS 1.2 or 1.3. */
  public static ClientTls of(Trust trust) {
    return new ClientTls(trust, null, true, TlsVersion.all());
  }

  /** Shows a certificate to servers that ask for one. */
  public ClientTls identity(Identity value) {
    return new ClientTls(trust, value, checksHostName, versions);
  }

  /**
   * Shows a certificate to servers that ask for one.
   *
   * @param password of the key; null where it has none
   * @throws PemException where a file cannot be used
   */
  public ClientTls identity(Path certificate, Path key, char @Nullable [] password)
      throws PemException {
    return identity(Identity.read(certificate, key, password));
  }

  /**
   * Takes any name of the server, as long as its certificate is signed by a trusted authority:
   * whoever has a certificate of such an authority can then pose as the server.
   */
  public ClientTls withoutHostNameCheck() {
    return new ClientTls(trust, identity, false, versions);
  }

  /** Speaks this version only. */
  public ClientTls version(TlsVersion only) {
    return new ClientTls(trust, identity, checksHostName, List.of(only));
  }

  /** Whether the server's name is checked. */
  public boolean checksHostName() {
    return checksHostName;
  }

  /** The versions as javax.net.ssl calls them, the preferred one first. */
  public List<String> protocols() {
    return versions.stream().map(TlsVersion::protocol).toList();
  }

  /** The cipher suites as javax.net.ssl calls them, the preferred one first. */
  public List<String> cipherSuites() {
    return CipherSuites.of(context);
  }

  /** For libraries that make their own contexts. */
  public TrustManagerFactory trustManagerFactory() {
    return Factories.of(trust.trustManager());
  }

  /** For libraries that make their own contexts; null where there is no certificate to show. */
  public @Nullable KeyManagerFactory keyManagerFactory() {
    return identity == null ? null : Factories.of(new FixedIdentity(identity));
  }

  /**
   * Adds TLS to a connected socket; the handshake is the caller's. Closing the result closes the
   * socket.
   *
   * @param host the name that the server must have
   */
  public SSLSocket over(Socket connected, String host) throws IOException {
    var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(connected, host, connected.getPort(), true);
    socket.setSSLParameters(adapt(socket.getSSLParameters()));
    return socket;
  }

  /**
   * An engine for a connection to a server.
   *
   * @param host the name that the server must have
   */
  public SSLEngine engine(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setSSLParameters(adapt(engine.getSSLParameters()));
    return engine;
  }

  private SSLParameters adapt(SSLParameters parameters) {
    parameters.setProtocols(protocols().toArray(new String[0]));
    parameters.setCipherSuites(cipherSuites().toArray(new String[0]));
    if (checksHostName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818: names of the certificate
    }
    return parameters;
  }

  /**
   * What is wrong with the own certificate at a time.
   *
   * @return a sentence; empty where nothing is wrong or where there is none
   */
  public Optional<String> problem(Instant now) {
    return identity == null ? Optional.empty() : identity.problem(now);
  }

  /**
   * Why a connection failed, where that has to do with TLS.
   *
   * @param failure what was thrown, however deeply wrapped
   * @return a sentence that says what to do; empty where the failure has nothing to do with TLS
   */
  public Optional<String> explain(Throwable failure) {
    return TlsFailure.explain(failure, identity);
  }

  /** For people. */
  @Override
  public String toString() {
    return "TLS trusting %s%s".formatted(trust, identity == null ? "" : " as " + identity);
  }
}
