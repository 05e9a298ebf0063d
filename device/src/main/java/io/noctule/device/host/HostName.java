package io.noctule.device.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The name of this machine, found without waiting for a name server. */
public final class HostName {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LOOKUP_LIMIT_SECONDS = 1;
  private static final String UNKNOWN = "localhost";

  private HostName() {}

  /**
   * The name: of the environment (HOSTNAME, on Windows COMPUTERNAME), else of the kernel, else of
   * the resolver.
   */
  public static String current() {
    return of(System.getenv(), KERNEL_HOST_NAME);
  }

  static String of(Map<String, String> environment, Path kernelHostName) {
    for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
      String name = environment.getOrDefault(variable, "").strip();
      if (!name.isEmpty()) {
        return name;
      }
    }
    try {
      String name = Files.readString(kernelHostName).strip();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (IOException _) {
      // Not Linux: ask the resolver.
    }
    return resolved();
  }

  /**
   * The resolver may ask the network for the address that belongs to the name: it gets a second.
   */
  private static String resolved() {
    return CompletableFuture.supplyAsync(HostName::lookUp)
        .completeOnTimeout(UNKNOWN, LOOKUP_LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static String lookUp() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return UNKNOWN;
    }
  }
}
