package io.noctule.device.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.noctule.device.BrokerAddress;
import io.noctule.device.description.SensorSource.Simulated.Shape;
import io.noctule.device.host.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading device.yaml: all keys, all kinds of mistakes. */
class DescriptionReaderTest {
  private static final ConditionSyntax NO_SEMICOLON =
      condition -> {
        if (condition.contains(";")) {
          throw new IllegalArgumentException("must have no semicolon, was '" + condition + "'");
        }
      };

  private static final DescriptionReader READER =
      new DescriptionReader(Map.of("ROOM", "attic", "EVERY", "7"), NO_SEMICOLON);

  @TempDir Path folder;

  @Test
  void readsEachKey() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cret\nsecond line\n");
    DeviceDescription device =
        read(
            """
            id: greenhouse-1
            broker:
              host: broker.example
              port: 8884
              user: bat
              password_file: secret
              tls: {cafile: ca.crt, cert: /etc/cert.pem, key: key.pem}
            topic: sensor_data
            time_format: demo
            buffer:
              max_size: 1.5 GiB
              max_age: 7 d
            sensors:
              load: {kind: system, metric: cpu_load, interval: 0.5}
              disk: {kind: system, metric: disk_free, path: /tmp, unit: MB}
              zone:
                kind: file
                path: zone0/temp
                scale: 0.001
                offset: -2
                pattern: 't=(\\d+)'
                sensitivity: 0.5
                max_silence: 120
                unit: °C
                enabled: false
              users:
                kind: command
                command: [sh, -c, "who | wc -l"]
                timeout: 2.5
                pointer: /users
              made:
                kind: simulated
                shape: walk
                min: -5
                max: 5
                period: 30
                seed: 42
            actions:
              - on: light/+
                when: msg == "ON"
                log: light ${msg}
              - on: ask/#
                publish: {topic: "answer/${client}", payload: '${msg}', qos: 1, retain: true}
              - on: run
                run: {command: [/bin/echo, "${x}"], timeout: 3}
              - on: java
                java: {name: servo, options: {pin: 18, names: [a, b]}}
            custom:
              place: north
              height: 1.50
            """);

    assertThat(device.id()).isEqualTo("greenhouse-1");
    assertThat(device.broker())
        .isEqualTo(
            new BrokerDescription(
                new BrokerAddress("broker.example", 8884),
                "bat",
                new Secret("s3cret"),
                new TlsDescription(
                    folder.resolve("ca.crt"),
                    Path.of("/etc/cert.pem"),
                    folder.resolve("key.pem"))));
    assertThat(device.broker().toString()).doesNotContain("s3cret");
    assertThat(device.topic()).isEqualTo("sensor_data");
    assertThat(device.timeFormat()).isEqualTo(TimeFormat.DEMO);
    assertThat(device.buffer())
        .isEqualTo(new BufferDescription(3L << 29, Optional.of(Duration.ofDays(7))));
    assertThat(device.sensors().keySet()).containsExactly("load", "disk", "zone", "users", "made");
    assertThat(sensor(device, "load"))
        .isEqualTo(
            new SensorDescription(
                new SensorSource.OfSystem(SystemMetric.CPU_LOAD, Path.of("/")),
                "%",
                new Sampling(0.5, 0, OptionalDouble.empty(), true)));
    assertThat(sensor(device, "disk").source())
        .isEqualTo(new SensorSource.OfSystem(SystemMetric.DISK_FREE, Path.of("/tmp")));
    assertThat(sensor(device, "disk").unit()).isEqualTo("MB");
    assertThat(sensor(device, "zone").sampling())
        .isEqualTo(new Sampling(5, 0.5, OptionalDouble.of(120), false));
    assertThat(sensor(device, "zone").source())
        .isInstanceOfSatisfying(
            SensorSource.OfFile.class,
            file -> {
              assertThat(file.path()).isEqualTo(folder.resolve("zone0/temp"));
              assertThat(file.linear()).isEqualTo(new SensorSource.Linear(0.001, -2));
              assertThat(file.pattern()).asString().isEqualTo("t=(\\d+)");
            });
    assertThat(sensor(device, "users").source())
        .isInstanceOfSatisfying(
            SensorSource.OfCommand.class,
            command -> {
              assertThat(command.command()).containsExactly("sh", "-c", "who | wc -l");
              assertThat(command.timeout()).isEqualTo(Duration.ofMillis(2_500));
              assertThat(command.pointer()).asString().isEqualTo("/users");
            });
    assertThat(sensor(device, "made").source())
        .isEqualTo(new SensorSource.Simulated(Shape.WALK, -5, 5, Duration.ofSeconds(30), 42));
    assertThat(device.actions())
        .extracting(ActionDescription::on)
        .containsExactly("light/+", "ask/#", "run", "java");
    assertThat(device.actions().getFirst())
        .isEqualTo(
            new ActionDescription(
                "light/+", Optional.of("msg == \"ON\""), new ActionStep.Log("light ${msg}")));
    assertThat(device.actions())
        .extracting(ActionDescription::step)
        .contains(
            new ActionStep.Publish("answer/${client}", "${msg}", 1, true),
            new ActionStep.Run(List.of("/bin/echo", "${x}"), Duration.ofSeconds(3)));
    assertThat(device.actions().getLast().step())
        .isInstanceOfSatisfying(
            ActionStep.Java.class,
            java -> assertThat(java.options()).hasToString("{\"pin\":18,\"names\":[\"a\",\"b\"]}"));
    assertThat(device.custom()).hasToString("{\"place\":\"north\",\"height\":1.5}");
  }

  @Test
  void everyKeyHasADefault() throws Exception {
    DeviceDescription device = read("");

    assertThat(device.id()).isEqualTo(HostName.current());
    assertThat(device.broker()).isEqualTo(BrokerDescription.LOCAL);
    assertThat(device.topic()).isEqualTo("sensor_data/" + device.id());
    assertThat(device.timeFormat()).isEqualTo(TimeFormat.ISO);
    assertThat(device.buffer()).isEqualTo(BufferDescription.DEFAULT);
    assertThat(device.sensors()).isEmpty();
    assertThat(device.actions()).isEmpty();
    assertThat(device.custom().isEmpty()).isTrue();
  }

  @Test
  void aSimulatedSensorNeedsNothingButItsKind() throws Exception {
    DeviceDescription device = read("sensors: {a: {kind: simulated}, b: {kind: simulated}}");

    assertThat(sensor(device, "a").sampling()).isEqualTo(Sampling.DEFAULT);
    assertThat(sensor(device, "a").source()).isNotEqualTo(sensor(device, "b").source());
  }

  @Test
  void theBrokerMayBeWrittenAsAnAddress() throws Exception {
    assertThat(read("broker: 192.0.2.1:1884").broker().address())
        .isEqualTo(new BrokerAddress("192.0.2.1", 1884));
    assertThat(read("broker: '[::1]:1884'").broker().address())
        .isEqualTo(new BrokerAddress("::1", 1884));
    assertThat(read("broker: {host: '::1'}").broker().address())
        .isEqualTo(new BrokerAddress("::1", 1883));
  }

  @Test
  void tlsHasAPortOfItsOwn() throws Exception {
    assertThat(read("broker: {host: a, tls: true}").broker())
        .isEqualTo(
            new BrokerDescription(
                new BrokerAddress("a", 8883), null, null, new TlsDescription(null, null, null)));
    assertThat(read("broker: {host: a, tls: false}").broker().tls()).isNull();
    assertThat(read("broker: {host: a, tls: true, port: 1}").broker().address().port())
        .isEqualTo(1);
  }

  @Test
  void takesValuesFromTheEnvironment() throws Exception {
    DeviceDescription device =
        read(
            """
            id: sensor-${ROOM}-${FLOOR:-2}
            sensors: {a: {kind: simulated, interval: '${EVERY}', unit: "$${x}"}}
            actions: [{on: a, log: "${ROOM}"}]
            custom: {room: "${ROOM}", none: "${NONE:-}"}
            """);

    assertThat(device.id()).isEqualTo("sensor-attic-2");
    assertThat(sensor(device, "a").sampling().intervalSeconds()).isEqualTo(7);
    assertThat(sensor(device, "a").unit()).isEqualTo("${x}");
    assertThat(device.actions().getFirst().step()).isEqualTo(new ActionStep.Log("${ROOM}"));
    assertThat(device.custom()).hasToString("{\"room\":\"attic\",\"none\":\"\"}");
  }

  @Test
  void numbersMayBeTheIdAsTheyAreWritten() throws Exception {
    assertThat(read("id: 007").id()).isEqualTo("007");
    assertThat(read("id: 1_000").id()).isEqualTo("1_000");
    assertThat(read("id: yes").id()).isEqualTo("yes");
  }

  @Test
  void customKeysKeepTheirTypes() throws Exception {
    assertThat(
            read(
                "custom: {a: 1, b: 1.50, c: true, d: 'true', e: , e2: null, e3: '', f: [1, {g: x}], h: 0x10}\nbuffer:\n"))
        .extracting(DeviceDescription::custom)
        .hasToString(
            "{\"a\":1,\"b\":1.5,\"c\":true,\"d\":\"true\",\"e3\":\"\",\"f\":[1,{\"g\":\"x\"}],\"h\":\"0x10\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sensor: {}|d:1: sensor: is no key here; did you mean sensors?",
        "foo: 1|d:1: foo: is no key here; the keys are id, broker, topic, time_format, buffer,"
            + " sensors, actions, custom",
        "id: a/b|d:1: id: must have 1 to 128 characters, none of them / + # and no $ in front,"
            + " was 'a/b'",
        "id: [a]|d:1: id: must be a text, was a list",
        "topic: a/#|d:1: topic: must be a topic name without wildcards, was 'a/#'",
        "topic: twin/x|d:1: topic: must not begin with $, config_change, status or twin,"
            + " was 'twin/x'",
        "time_format: ios|d:1: time_format: must be iso or demo, was 'ios'; did you mean iso?",
        "broker: 'a:0'|d:1: broker: the port must be 1 to 65535, was '0'",
        "broker: {host: 'a:1'}|d:1: broker.host: must be a host alone, was 'a:1';"
            + " write the port as port",
        "broker: {port: 0}|d:1: broker.port: must be 1 to 65535, was 0",
        "broker: {port: 1.5}|d:1: broker.port: must be a whole number, was 1.5",
        "broker: {password: x}|d:1: broker: user: must be given with a password, and is missing",
        "broker: {user: a, password_file: nowhere}|d:1: broker.password_file: FOLDER/nowhere:"
            + " there is no such file",
        "broker: {tls: {cert: a}}|d:1: broker.tls: key: must be given with cert, and is missing",
        "broker: {tls: maybe}|d:1: broker.tls: must be true or false, was 'maybe'",
        "broker: [a]|d:1: broker: must be a group of keys, was a list",
        "buffer: {max_size: 5 tons}|d:1: buffer.max_size: must be 64 KiB to 1024 GiB,"
            + " was '5 tons'",
        "buffer: {max_size: 1 KiB}|d:1: buffer.max_size: must be 64 KiB to 1 TiB,"
            + " was 1024 bytes",
        "buffer: {max_age: 0}|d:1: buffer.max_age: must be at least a second",
        "custom: 5|d:1: custom: must be a group of keys, was '5'",
        "actions: {on: a}|d:1: actions: must be a list, was a group of keys",
        "sensors: {a: 5}|d:1: sensors.a: must be a group of keys, was '5'",
        "sensors: {a b: {kind: simulated}}|d:1: sensors: a name must be 1 to 64 letters, digits,"
            + " _ . or - and begin with a letter, was 'a b'",
        "sensors: {client_ip: {kind: simulated}}|d:1: sensors: 'client_ip' has a meaning of its"
            + " own and cannot be the name of a sensor",
        "id: ${NOPE}|d:1: id: the environment has no NOPE; set it, or write ${NOPE:-other}",
        "id: ${|d:1: id: must be ${NAME} or ${NAME:-other}, was '${'",
        "- a|d:1: must be keys such as id and sensors, was a list",
        "a: &x {b: *x}|d:1: aliases (*x) are not taken",
        "id: {|d:1: no YAML: while parsing a flow node, expected the node content, but found '<stream end>'",
      })
  void tellsWhatIsWrong(String yaml, String problem) {
    assertThat(problems(yaml)).contains(problem.replace("FOLDER", folder.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metric: cpu_load|kind: is missing; it must be system, file, command or simulated",
        "kind: sytem|.kind: must be system, file, command or simulated, was 'sytem';"
            + " did you mean system?",
        "kind: simulated, intervall: 5|.intervall: is no key here; did you mean interval?",
        "kind: simulated, interval: 0|.interval: must be 0.1 to 86400 seconds, was 0",
        "kind: simulated, interval: often|.interval: must be 0.1 to 86400 seconds, was 'often'",
        "kind: simulated, interval: .nan|.interval: must be 0.1 to 86400 seconds, was '.nan'",
        "kind: simulated, sensitivity: -0.5|.sensitivity: must be 0 or more, was -0.5",
        "kind: simulated, sensitivity: 1e999|.sensitivity: must be 0 or more, was Infinity",
        "kind: simulated, max_silence: 0|.max_silence: must be 1 to 604800 seconds, was 0",
        "kind: simulated, enabled: no|.enabled: must be true or false, was 'no'",
        "kind: simulated, min: 5, max: 5|.min: must be below max (5), was 5",
        "kind: simulated, shape: sinne|.shape: must be sine, noise or walk, was 'sinne';"
            + " did you mean sine?",
        "kind: simulated, seed: x|.seed: must be a whole number of up to 18 digits, was 'x'",
        "kind: simulated, path: /a|.path: is no key here; the keys are kind, interval, sensitivity,"
            + " max_silence, unit, enabled, shape, min, max, period, seed",
        "kind: system|.metric: is missing; it must be cpu_load, cpu_temperature, load_average,"
            + " memory_used, memory_used_percent, disk_used_percent, disk_free, network_received,"
            + " network_sent or uptime",
        "kind: system, metric: uptime, path: /|.path: uptime has none",
        "kind: file|.path: is missing",
        "kind: file, path: /a, scale: 0|.scale: must not be 0, which makes all values equal",
        "kind: file, path: /a, pattern: '('|.pattern: must be a regular expression, was '(':"
            + " Unclosed group",
        "kind: command, command: who -a|.command: must be a list of texts such as"
            + " [program, first argument], was 'who -a'",
        "kind: command, command: []|.command: must name a program",
        "kind: command, command: [a, [b]]|.command: must be a list of texts, has a list",
        "kind: command, command: a, timeout: 0|.timeout: must be 0.1 to 3600 seconds, was 0",
        "kind: command, command: a, pointer: x|.pointer: must be a JSON pointer such as /a/b,"
            + " was 'x'",
      })
  void tellsWhatIsWrongWithASensor(String keys, String problem) {
    List<String> problems = problems("sensors:\n  t: {" + keys + "}\n");

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith("d:2: sensors.t").endsWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "log: a|on: is missing",
        "on: a|.on: an action must have one of log, publish, run and java, has none",
        "on: a, log: b, run: {command: c}|.run: an action must have one of log, publish, run and"
            + " java, has log and run",
        "on: a#, log: b|.on: must be a topic filter (+ is one whole level, # is all that follows),"
            + " was 'a#'",
        "on: a, when: 'x;', log: b|.when: must have no semicolon, was 'x;'",
        "on: a, publish: {payload: b}|.publish.topic: is missing",
        "on: a, publish: {topic: b, qos: 2}|.publish.qos: must be 0 to 1, was 2",
        "on: a, run: {comand: b}|.run.comand: is no key here; did you mean command?",
        "on: a, java: {name: b, options: 5}|.java.options: must be a group of keys, was '5'",
      })
  void tellsWhatIsWrongWithAnAction(String keys, String problem) {
    assertThat(problems("actions:\n  - {" + keys + "}\n"))
        .anySatisfy(text -> assertThat(text).startsWith("d:2: actions[0]").endsWith(problem));
  }

  @Test
  void tellsAllProblemsInTheOrderOfTheirLines() {
    assertThat(
            problems(
                """
                sensors:
                  a:
                    kind: simulated
                    interval: 0
                    speed: 1
                  b:
                    kind: file
                id: a/b
                id2: x
                """))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("d:4: sensors.a.interval: must be"),
            text -> assertThat(text).startsWith("d:5: sensors.a.speed: is no key"),
            text -> assertThat(text).startsWith("d:6: sensors.b.path: is missing"),
            text -> assertThat(text).startsWith("d:8: id: must have"),
            text -> assertThat(text).startsWith("d:9: id2: is no key here; did you mean id?"));
  }

  @Test
  void aKeyMustNotStandTwice() {
    assertThat(problems("id: a\ntopic: b\nid: c\n"))
        .containsExactly("d:3: id: stands twice in the same place");
  }

  @Test
  void tellsWhyAFileCannotBeRead() throws IOException {
    Path file = folder.resolve("device.yaml");
    assertThat(problems(file))
        .containsExactly(file + ": there is no such file; noctule device --init writes one");
    assertThat(problems(folder)).containsExactly(folder + ": is a folder");

    Files.write(file, "id: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(file)).containsExactly(file + ": is not UTF-8 text");

    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(problems(file)).containsExactly(file + ": is larger than 1048576 bytes");
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefused(@ForAll @StringLength(max = 60) String text) {
    try {
      read(text);
    } catch (DescriptionException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(problems("a: " + "[".repeat(100) + "]".repeat(100)))
        .singleElement()
        .asString()
        .startsWith("d:1: no YAML: ");
  }

  private DeviceDescription read(String yaml) throws DescriptionException {
    return READER.read(yaml, "d", folder == null ? Path.of("/") : folder);
  }

  private List<String> problems(String yaml) {
    return catchThrowableOfType(DescriptionException.class, () -> read(yaml)).problems();
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(DescriptionException.class, () -> READER.read(file)).problems();
  }

  static SensorDescription sensor(DeviceDescription device, String name) {
    return Optional.ofNullable(device.sensors().get(name)).orElseThrow();
  }
}
