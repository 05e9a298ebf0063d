package io.noctule.device.sensor;

import io.noctule.device.description.SensorSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The number in a small text file. */
final class FileSensor implements Sensor {
  /** What is beyond is not looked at: a file that grows, such as a log, is no sensor. */
  private static final int MAX_BYTES = 64 << 10;

  private final SensorSource.OfFile source;

  FileSensor(SensorSource.OfFile source) {
    this.source = source;
  }

  @Override
  public double read() throws SensorException {
    Path path = source.path();
    String text;
    try (InputStream in = Files.newInputStream(path)) {
      text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SensorException(path + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new SensorException(path + ": reading it is not allowed", e);
    } catch (IOException e) {
      throw new SensorException(
          Files.isDirectory(path)
              ? path + ": is a folder"
              : path + ": cannot be read: " + e.getMessage(),
          e);
    }
    try {
      return source.linear().of(NumberText.find(text, source.pattern()));
    } catch (SensorException e) {
      throw new SensorException(path + ": " + e.getMessage(), e);
    }
  }
}
