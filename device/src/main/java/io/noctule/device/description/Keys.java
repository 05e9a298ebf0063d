package io.noctule.device.description;

import io.noctule.device.description.SensorSource.Simulated.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All keys of {@code device.yaml}. */
final class Keys {
  // --- The device

  static final Key ID =
      Key.of(
          "id",
          "text",
          "1 to 128 characters, none of them / + #",
          "the name of the machine",
          "Client identifier, and last level of the device's topics. Each device needs its own.");
  static final Key BROKER =
      Key.of(
          "broker", "keys, or HOST[:PORT]", "", "127.0.0.1:1883", "Where the device connects to.");
  static final Key TOPIC =
      Key.of(
          "topic",
          "topic name",
          "not below $, config_change, status or twin",
          "sensor_data/ID",
          "Where readings are published.");
  static final Key TIME_FORMAT =
      Key.words(
          "time_format",
          Stream.of(TimeFormat.values()).map(TimeFormat::key).toList(),
          "iso",
          "How readings tell their time: `2026-11-25T10:00:00.123Z`, or `25/11/2026 10:00:00` in"
              + " local time.");
  static final Key BUFFER =
      Key.of("buffer", "keys", "", "", "What is kept on disk while the broker is away.");
  static final Key SENSORS =
      Key.of(
          "sensors",
          "name: keys",
          "at most 64; a name is 1 to 64 letters, digits, _ . or -, and begins with a letter",
          "none",
          "What is measured. The name is the key of the number in readings.");
  static final Key ACTIONS =
      Key.of("actions", "list of keys", "at most 64", "none", "What is done when messages come.");
  static final Key CUSTOM =
      Key.of(
          "custom",
          "keys of your own",
          "at most 256 keys, 8 levels, 32 KiB as JSON",
          "none",
          "Reported in the twin and changed by `config_change`; the device itself does not use"
              + " them.");

  // --- The broker

  static final Key HOST = Key.of("host", "name or address", "", "127.0.0.1", "The broker's host.");
  static final Key PORT =
      Key.number(
          "port", new NumberRange(1, 65_535, ""), "1883, with TLS 8883", "The broker's port.");
  static final Key USER = Key.of("user", "text", "", "none", "User name.");
  static final Key PASSWORD =
      Key.of(
          "password",
          "text",
          "",
          "none",
          "Password; better kept in a file, or as `${NAME}` in the environment.");
  static final Key PASSWORD_FILE =
      Key.of("password_file", "file", "", "none", "File whose first line is the password.");
  static final Key TLS =
      Key.of(
          "tls",
          "keys, or true or false",
          "",
          "false",
          "Whether the connection is encrypted; the name of the host is checked.");

  static final Key CAFILE =
      Key.of(
          "cafile",
          "PEM file",
          "",
          "those of the system",
          "Certificates of the authorities that are trusted.");
  static final Key CERT =
      Key.of("cert", "PEM file", "with `key`", "none", "The device's own certificate.");
  static final Key KEY = Key.of("key", "PEM file", "with `cert`", "none", "Its private key.");

  // --- The buffer

  static final Key MAX_SIZE =
      Key.of(
          "max_size",
          "bytes, or with KiB, MiB, GiB",
          "64 KiB to 1024 GiB",
          "64 MiB",
          "How much is kept; beyond it the oldest readings go.");
  static final Key MAX_AGE =
      Key.of(
          "max_age",
          "seconds, or with min, h, d",
          "1 s to 36500 d",
          "any age",
          "Readings older than this are not sent any more.");

  // --- A sensor of any kind

  static final Key KIND =
      Key.words(
          "kind",
          List.of("system", "file", "command", "simulated"),
          Key.REQUIRED,
          "Where its values come from.");
  static final Key INTERVAL =
      Key.number("interval", Sampling.INTERVAL, "5", "Time between two samples.");
  static final Key SENSITIVITY =
      Key.number(
          "sensitivity",
          Sampling.SENSITIVITY,
          "0",
          "A value is sent when it differs by at least this from the last one sent; 0 sends each"
              + " sample.");
  static final Key MAX_SILENCE =
      Key.number(
          "max_silence",
          Sampling.MAX_SILENCE,
          "10 intervals, at least 60",
          "When nothing was sent for this long, the next sample is, changed or not.");
  static final Key UNIT =
      Key.of(
          "unit",
          "text",
          "at most 32 characters",
          "none; that of the metric",
          "Shown beside the values.");
  static final Key ENABLED = Key.flag("enabled", "true", "Whether it is read.");

  // --- A sensor of one kind

  static final Key METRIC =
      Key.words(
          "metric",
          Stream.of(SystemMetric.values()).map(SystemMetric::key).toList(),
          Key.REQUIRED,
          "What of this machine is measured.");
  static final Key DISK_PATH =
      Key.of("path", "file or folder", "", "/", "Names the file system of a `disk_…` metric.");
  static final Key PATH =
      Key.of(
          "path",
          "file",
          "",
          Key.REQUIRED,
          "The file; from the folder of device.yaml where it is relative. 64 KiB of it are read.");
  static final Key COMMAND =
      Key.of(
          "command",
          "list of texts",
          "at least the program",
          Key.REQUIRED,
          "The program and its arguments. It is run without a shell, and may print 64 KiB.");
  static final Key TIMEOUT =
      Key.number(
          "timeout",
          SensorSource.OfCommand.TIMEOUT,
          "10",
          "After this it is killed, with all that it has started.");
  static final Key SCALE =
      Key.number("scale", NumberRange.any(), "1", "The number is multiplied by it; not 0.");
  static final Key OFFSET = Key.number("offset", NumberRange.any(), "0", "Added after that.");
  static final Key PATTERN =
      Key.of(
          "pattern",
          "regular expression",
          "",
          "all of the text",
          "Picks the number out of the text: its first group, or all it matches.");
  static final Key POINTER =
      Key.of(
          "pointer",
          "JSON pointer",
          "not with `pattern`",
          "none",
          "Picks the number out of JSON, such as `/cpu/temperature`; true is 1 and false is 0.");
  static final Key SHAPE =
      Key.words(
          "shape",
          Stream.of(Shape.values()).map(Shape::key).toList(),
          "sine",
          "How the values run: up and down, anything, or in small steps.");
  static final Key MIN = Key.number("min", NumberRange.any(), "0", "Smallest value.");
  static final Key MAX =
      Key.number("max", NumberRange.any(), "100", "Largest value, above the smallest.");
  static final Key PERIOD =
      Key.number(
          "period",
          SensorSource.Simulated.PERIOD,
          "60",
          "Of a sine; how long a walk takes to cross about half of the range.");
  static final Key SEED =
      Key.of(
          "seed",
          "whole number",
          "-2⁶³ to 2⁶³-1",
          "made from the name",
          "The same seed gives the same values.");

  // --- An action

  static final Key ON =
      Key.of("on", "topic filter", "", Key.REQUIRED, "Which messages; + and # stand for levels.");
  static final Key WHEN =
      Key.of(
          "when",
          "condition",
          "",
          "any message",
          "On the JSON of the message, such as `msg == \"ON\"`.");
  static final Key LOG = Key.of("log", "text", "", "", "Writes a line into the log.");
  static final Key PUBLISH = Key.of("publish", "keys", "", "", "Publishes a message.");
  static final Key RUN = Key.of("run", "keys", "", "", "Runs a program, without a shell.");
  static final Key JAVA =
      Key.of("java", "keys", "", "", "Calls Java code that a ServiceLoader finds.");

  static final Key PUBLISH_TOPIC = Key.of("topic", "topic name", "", Key.REQUIRED, "Where to.");
  static final Key PAYLOAD = Key.of("payload", "text", "", "empty", "The message.");
  static final Key QOS = Key.number("qos", new NumberRange(0, 1, ""), "0", "Quality of service.");
  static final Key RETAIN = Key.flag("retain", "false", "Whether the broker keeps it.");

  static final Key RUN_COMMAND =
      Key.of(
          "command",
          "list of texts",
          "at least the program",
          Key.REQUIRED,
          "The program and its arguments.");
  static final Key RUN_TIMEOUT =
      Key.number(
          "timeout",
          ActionStep.Run.TIMEOUT,
          "10",
          "After this it is killed, with all that it has started.");

  static final Key NAME =
      Key.of("name", "text", "", Key.REQUIRED, "The name that the code gives itself.");
  static final Key OPTIONS =
      Key.of("options", "keys of your own", "", "none", "Handed to the code.");

  // --- Which keys stand together

  static final List<Key> DEVICE =
      List.of(ID, BROKER, TOPIC, TIME_FORMAT, BUFFER, SENSORS, ACTIONS, CUSTOM);
  static final List<Key> OF_BROKER = List.of(HOST, PORT, USER, PASSWORD, PASSWORD_FILE, TLS);
  static final List<Key> OF_TLS = List.of(CAFILE, CERT, KEY);
  static final List<Key> OF_BUFFER = List.of(MAX_SIZE, MAX_AGE);
  static final List<Key> OF_SENSOR =
      List.of(KIND, INTERVAL, SENSITIVITY, MAX_SILENCE, UNIT, ENABLED);
  static final List<Key> OF_SYSTEM = List.of(METRIC, DISK_PATH);
  static final List<Key> OF_FILE = List.of(PATH, SCALE, OFFSET, PATTERN);
  static final List<Key> OF_COMMAND = List.of(COMMAND, TIMEOUT, SCALE, OFFSET, PATTERN, POINTER);
  static final List<Key> OF_SIMULATED = List.of(SHAPE, MIN, MAX, PERIOD, SEED);
  static final List<Key> OF_ACTION = List.of(ON, WHEN, LOG, PUBLISH, RUN, JAVA);
  static final List<Key> OF_PUBLISH = List.of(PUBLISH_TOPIC, PAYLOAD, QOS, RETAIN);
  static final List<Key> OF_RUN = List.of(RUN_COMMAND, RUN_TIMEOUT);
  static final List<Key> OF_JAVA = List.of(NAME, OPTIONS);

  private Keys() {}

  /** The groups of keys by the title that they have on the reference page. */
  static Map<String, List<Key>> groups() {
    var groups = new LinkedHashMap<String, List<Key>>();
    groups.put("device", DEVICE);
    groups.put("broker", OF_BROKER);
    groups.put("broker.tls", OF_TLS);
    groups.put("buffer", OF_BUFFER);
    groups.put("sensors", OF_SENSOR);
    groups.put("sensors, system", OF_SYSTEM);
    groups.put("sensors, file", OF_FILE);
    groups.put("sensors, command", OF_COMMAND);
    groups.put("sensors, simulated", OF_SIMULATED);
    groups.put("actions", OF_ACTION);
    groups.put("actions, publish", OF_PUBLISH);
    groups.put("actions, run", OF_RUN);
    groups.put("actions, java", OF_JAVA);
    return groups;
  }
}
