package io.noctule.device.sensor;

import io.noctule.device.description.SensorSource;
import io.noctule.device.description.SystemMetric;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Values of the machine that the device runs on. */
public final class SystemSensor {
  private static final double DECIMALS = 100;
  private static final double BYTES_PER_MIB = 1 << 20;
  private static final double BYTES_PER_KB = 1_000;

  private SystemSensor() {}

  /** The metrics that this machine tells, each read once to see; takes up to a second. */
  public static List<SystemMetric> available() {
    return Stream.of(SystemMetric.values()).filter(SystemSensor::tells).toList();
  }

  private static boolean tells(SystemMetric metric) {
    try {
      return Double.isFinite(of(new SensorSource.OfSystem(metric, Path.of("/"))).read());
    } catch (SensorException _) {
      // That is the answer.
      return false;
    }
  }

  /** Two decimals are more than any of these measures; more would be noise, and bytes. */
  static Sensor of(SensorSource.OfSystem source) {
    Sensor exact = exact(source);
    return () -> Math.rint(exact.read() * DECIMALS) / DECIMALS;
  }

  private static Sensor exact(SensorSource.OfSystem source) {
    return switch (source.metric()) {
      case CPU_LOAD -> new CpuLoad();
      case CPU_TEMPERATURE -> SystemSensor::cpuTemperature;
      case LOAD_AVERAGE -> SystemSensor::loadAverage;
      case MEMORY_USED -> () -> memoryUsed() / BYTES_PER_MIB;
      case MEMORY_USED_PERCENT ->
          () -> 100.0 * memoryUsed() / Machine.hardware().getMemory().getTotal();
      case DISK_USED_PERCENT -> () -> diskUsedPercent(source.path());
      case DISK_FREE -> () -> diskFree(source.path());
      case NETWORK_RECEIVED -> new NetworkRate(Machine::bytesReceived, BYTES_PER_KB);
      case NETWORK_SENT -> new NetworkRate(Machine::bytesSent, BYTES_PER_KB);
      case UPTIME -> Machine::uptimeSeconds;
    };
  }

  private static double cpuTemperature() throws SensorException {
    double celsius = Machine.hardware().getSensors().getCpuTemperature();
    // What OSHI says where it finds none.
    if (celsius == 0 || Double.isNaN(celsius)) {
      throw new SensorException("this machine does not tell the temperature of its processor");
    }
    return celsius;
  }

  private static double loadAverage() throws SensorException {
    double[] averages = Machine.hardware().getProcessor().getSystemLoadAverage(1);
    if (averages.length == 0 || averages[0] < 0) {
      throw new SensorException("this machine does not tell its load average");
    }
    return averages[0];
  }

  private static long memoryUsed() {
    var memory = Machine.hardware().getMemory();
    return memory.getTotal() - memory.getAvailable();
  }

  /** As df counts it: of what users can have, without what is reserved for root. */
  private static double diskUsedPercent(Path path) throws SensorException {
    try {
      FileStore store = Files.getFileStore(path);
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      long usable = used + store.getUsableSpace();
      if (usable <= 0) {
        throw new SensorException(path + ": its file system has no size");
      }
      return 100.0 * used / usable;
    } catch (IOException e) {
      throw noFileSystem(path, e);
    }
  }

  private static double diskFree(Path path) throws SensorException {
    try {
      return Files.getFileStore(path).getUsableSpace() / BYTES_PER_MIB;
    } catch (IOException e) {
      throw noFileSystem(path, e);
    }
  }

  private static SensorException noFileSystem(Path path, IOException e) {
    return new SensorException(
        e instanceof NoSuchFileException
            ? path + ": there is no such file or folder"
            : path + ": its file system cannot be asked: " + e.getMessage(),
        e);
  }

  /**
   * The share of time that was not idle since the last read; at first since the machine started.
   */
  private static final class CpuLoad implements Sensor {
    private long[] before = new long[oshi.hardware.CentralProcessor.TickType.values().length];

    @Override
    public double read() {
      var processor = Machine.hardware().getProcessor();
      long[] now = processor.getSystemCpuLoadTicks();
      double load = processor.getSystemCpuLoadBetweenTicks(before);
      before = now;
      return 100 * load;
    }
  }
}
