package io.noctule.device.sensor;

import io.noctule.device.description.SensorSource;

/** Makes the sensor of a description. */
@FunctionalInterface
interface SensorFactory {
  /** The sensor. Neither fails nor waits: what is wrong with it is told when it is read. */
  Sensor open(SensorSource source);

  /** The sensors of this machine. */
  static Sensor ofMachine(SensorSource source) {
    return switch (source) {
      case SensorSource.OfSystem system -> SystemSensor.of(system);
      case SensorSource.OfFile file -> new FileSensor(file);
      case SensorSource.OfCommand command -> new CommandSensor(command);
      case SensorSource.Simulated simulated -> new SimulatedSensor(simulated, System::nanoTime);
    };
  }
}
