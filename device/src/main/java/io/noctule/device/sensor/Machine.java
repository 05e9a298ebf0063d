package io.noctule.device.sensor;

import java.util.List;
import java.util.function.ToLongFunction;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;

/**
 * This machine, as OSHI tells it; asked for the first time, it takes a moment. On Linux all comes
 * from files of the kernel, without native code, which saves its memory.
 */
final class Machine {
  private static final SystemInfoProvider INFO = provider();
  private static final HardwareAbstractionLayer HARDWARE = INFO.getHardware();
  private static final OperatingSystem SYSTEM = INFO.getOperatingSystem();

  private Machine() {}

  private static SystemInfoProvider provider() {
    var nativeFree = new oshi.nativefree.SystemInfo();
    return nativeFree.isAvailable() ? nativeFree : new oshi.SystemInfo();
  }

  static HardwareAbstractionLayer hardware() {
    return HARDWARE;
  }

  static long uptimeSeconds() {
    return SYSTEM.getSystemUptime();
  }

  /** Bytes that came in since the machine started, without those that it sent to itself. */
  static long bytesReceived() {
    return sum(NetworkIF::getBytesRecv);
  }

  /** Bytes that went out since the machine started, without those that it sent to itself. */
  static long bytesSent() {
    return sum(NetworkIF::getBytesSent);
  }

  private static long sum(ToLongFunction<NetworkIF> count) {
    List<NetworkIF> interfaces = HARDWARE.getNetworkIFs(false);
    return interfaces.stream().mapToLong(count).sum();
  }
}
