package io.noctule.tls.context;

import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import org.jspecify.annotations.Nullable;

/** Key and trust managers as the factories that some libraries ask for. */
final class Factories {
  private static final String NAME = "noctule";

  private Factories() {}

  static KeyManagerFactory of(KeyManager manager) {
    return new KeyManagerFactory(new KeySpi(manager), anyProvider(), NAME) {};
  }

  static TrustManagerFactory of(TrustManager manager) {
    return new TrustManagerFactory(new TrustSpi(manager), anyProvider(), NAME) {};
  }

  private static Provider anyProvider() {
    return Security.getProviders()[0];
  }

  private static final class KeySpi extends KeyManagerFactorySpi {
    private final KeyManager manager;

    KeySpi(KeyManager manager) {
      this.manager = manager;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {manager};
    }
  }

  private static final class TrustSpi extends TrustManagerFactorySpi {
    private final TrustManager manager;

    TrustSpi(TrustManager manager) {
      this.manager = manager;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return new TrustManager[] {manager};
    }
  }
}
