package io.noctule.tls.pem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.EncryptionException;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys: PKCS#8, PKCS#1 (RSA) and SEC 1 (elliptic curves), encrypted or not. Any
 * thread.
 */
public final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * The first private key of a file; certificates and curve parameters before it are passed over.
   *
   * @param password null where there is none
   * @throws PemException where the file cannot be read, has no key in it, or needs another password
   */
  public static PrivateKey read(Path file, char @Nullable [] password) throws PemException {
    try (var pem = new PEMParser(PemFiles.open(file))) {
      for (Object object = pem.readObject(); object != null; object = pem.readObject()) {
        PrivateKeyInfo key = keyIn(object, file, password);
        if (key != null) {
          return new JcaPEMKeyConverter().getPrivateKey(key);
        }
      }
    } catch (PemException e) {
      throw e;
    } catch (PEMException e) {
      throw new PemException(file, "has a key that cannot be understood: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw new PemException(file, "is damaged: " + e.getMessage(), e);
    }
    throw new PemException(
        file, "has no private key in it (no -----BEGIN … PRIVATE KEY----- line)");
  }

  private static @Nullable PrivateKeyInfo keyIn(
      Object object, Path file, char @Nullable [] password) throws IOException {
    return switch (object) {
      case PrivateKeyInfo plain -> plain;
      case PEMKeyPair pair -> pair.getPrivateKeyInfo();
      case PEMEncryptedKeyPair encrypted -> decrypt(encrypted, file, password);
      case PKCS8EncryptedPrivateKeyInfo encrypted -> decrypt(encrypted, file, password);
      default -> null;
    };
  }

  private static PrivateKeyInfo decrypt(
      PEMEncryptedKeyPair encrypted, Path file, char @Nullable [] password) throws IOException {
    var decryptor =
        new JcePEMDecryptorProviderBuilder()
            .setProvider(new BouncyCastleProvider())
            .build(required(file, password));
    try {
      return encrypted.decryptKeyPair(decryptor).getPrivateKeyInfo();
    } catch (EncryptionException e) {
      throw wrongPassword(file, e);
    }
  }

  private static PrivateKeyInfo decrypt(
      PKCS8EncryptedPrivateKeyInfo encrypted, Path file, char @Nullable [] password)
      throws IOException {
    char[] secret = required(file, password);
    try {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(secret));
    } catch (PKCSException | OperatorCreationException e) {
      throw wrongPassword(file, e);
    }
  }

  private static char[] required(Path file, char @Nullable [] password) throws PemException {
    if (password == null) {
      throw new PemException(file, "is encrypted: it needs its password");
    }
    return password;
  }

  private static PemException wrongPassword(Path file, Exception cause) {
    return new PemException(file, "cannot be decrypted: the password is wrong", cause);
  }
}
