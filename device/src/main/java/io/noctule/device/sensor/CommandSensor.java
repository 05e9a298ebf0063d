package io.noctule.device.sensor;

import io.noctule.device.description.SensorSource;

/** The number that a program prints. */
final class CommandSensor implements Sensor {
  private final SensorSource.OfCommand source;

  CommandSensor(SensorSource.OfCommand source) {
    this.source = source;
  }

  @Override
  public double read() throws SensorException {
    String program = source.command().getFirst();
    try {
      String output = BoundedCommand.run(source.command(), source.timeout());
      double number =
          source.pointer() == null
              ? NumberText.find(output, source.pattern())
              : NumberText.at(output, source.pointer());
      return source.linear().of(number);
    } catch (SensorException e) {
      throw new SensorException(program + ": " + e.getMessage(), e);
    }
  }
}
