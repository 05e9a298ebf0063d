package io.noctule.device.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes at run time: each form, each refusal, and what is kept of them. */
class ConfigurationPatchTest {
  private static final String YAML =
      """
      id: greenhouse-1
      sensors:
        temperature: {kind: simulated, unit: °C, sensitivity: 0.1}
        humidity: {kind: simulated, interval: 10, max_silence: 100}
      custom: {place: north, nested: {a: 1, b: 2.50}}
      """;

  private static final DeviceConfiguration START = DeviceConfiguration.of(describe(YAML));

  static DeviceDescription describe(String yaml) {
    try {
      return new DescriptionReader(Map.of(), ConditionSyntax.ANY)
          .read(yaml, "device.yaml", Path.of("/etc"));
    } catch (DescriptionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void reportsWhatIsInForce() {
    assertThat(START.toJson())
        .hasToString(
            "{\"revision\":1,\"topic\":\"sensor_data/greenhouse-1\",\"sensors\":{"
                + "\"temperature\":{\"kind\":\"simulated\",\"unit\":\"°C\",\"interval\":5,"
                + "\"sensitivity\":0.1,\"enabled\":true},"
                + "\"humidity\":{\"kind\":\"simulated\",\"unit\":\"\",\"interval\":10,"
                + "\"sensitivity\":0,\"max_silence\":100,\"enabled\":true}},"
                + "\"custom\":{\"place\":\"north\",\"nested\":{\"a\":1,\"b\":2.5}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'sensors':{'temperature':{'interval':2,'sensitivity':0.5}}}",
        "{'temperature':{'interval':2,'sensitivity':0.5}}",
        "{'temperature':{'frequency':0.5,'sensitivity':0.5}}",
        "{'temperature':{'interval':2,'frequency':0.5,'sensitivity':0.5}}",
        "{'temperature':{'interval':2},'sensors':{'temperature':{'sensitivity':0.5}}}",
        "{'sensors':{'temperature':{'kind':'simulated','unit':'°C','interval':2.0,"
            + "'sensitivity':5e-1}},'revision':1,'time':'now','client':'me','client_ip':'::1'}",
      })
  void takesEachFormForOneSensor(String patch) {
    DeviceConfiguration changed = applied(START, patch);

    assertThat(changed.revision()).isEqualTo(2);
    assertThat(sampling(changed, "temperature"))
        .isEqualTo(new Sampling(2, 0.5, OptionalDouble.empty(), true));
    assertThat(sampling(changed, "humidity")).isEqualTo(sampling(START, "humidity"));
    assertThat(changed.description()).isEqualTo(START.description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'interval':4,'sensitivity':2}", "{'frequency':0.25,'sensitivity':2}"})
  void takesTheTutorialsWordsForAllSensors(String patch) {
    DeviceConfiguration changed = applied(START, patch);

    assertThat(sampling(changed, "temperature"))
        .isEqualTo(new Sampling(4, 2, OptionalDouble.empty(), true));
    assertThat(sampling(changed, "humidity"))
        .isEqualTo(new Sampling(4, 2, OptionalDouble.of(100), true));
  }

  @Test
  void whatIsSaidOfOneSensorBeatsWhatIsSaidOfAll() {
    for (String patch :
        List.of(
            "{'interval':4,'temperature':{'interval':2}}",
            "{'temperature':{'interval':2},'interval':4}")) {
      DeviceConfiguration changed = applied(START, patch);
      assertThat(sampling(changed, "temperature").intervalSeconds()).isEqualTo(2);
      assertThat(sampling(changed, "humidity").intervalSeconds()).isEqualTo(4);
    }
  }

  @Test
  void changesAddUp() {
    DeviceConfiguration changed =
        applied(
            applied(START, "{'temperature':{'interval':2}}"),
            "{'temperature':{'enabled':false},'humidity':{'max_silence':7}}");

    assertThat(changed.revision()).isEqualTo(3);
    assertThat(sampling(changed, "temperature"))
        .isEqualTo(new Sampling(2, 0.1, OptionalDouble.empty(), false));
    assertThat(sampling(changed, "humidity").maxSilenceSeconds()).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'temperature':null,'humidity':null,'topic':null,'custom':null}",
        "{'sensors':null,'topic':null,'custom':{'place':null,'nested':null,'new':null}}",
        "{'interval':null,'sensitivity':null,'max_silence':null,'enabled':null,'topic':null,"
            + "'custom':null}",
        "{'sensors':{'temperature':{'frequency':null},'humidity':{'enabled':null,"
            + "'max_silence':null}},'topic':null,'custom':null}",
      })
  void nullGoesBackToTheFile(String patch) {
    DeviceConfiguration changed =
        applied(
            START,
            "{'temperature':{'interval':2},'humidity':{'enabled':false,'max_silence':1},"
                + "'topic':'sensor_data','custom':{'place':'south','new':1,'nested':{'a':9}}}");
    assertThat(changed.topic()).isEqualTo("sensor_data");

    DeviceConfiguration back = applied(changed, patch);

    assertThat(back.revision()).isEqualTo(3);
    assertThat(back.sensors()).isEqualTo(START.sensors());
    assertThat(back.topic()).isEqualTo(START.topic());
    assertThat(back.custom()).isEqualTo(START.custom());
  }

  @Test
  void customKeysAreMerged() {
    DeviceConfiguration changed =
        applied(START, "{'custom':{'nested':{'b':null,'c':[1,null,{'x':1.0}]},'on':true}}");

    assertThat(changed.custom())
        .hasToString(
            "{\"place\":\"north\",\"nested\":{\"a\":1,\"b\":2.5,\"c\":[1,null,{\"x\":1}]},"
                + "\"on\":true}");
  }

  @Test
  void whatChangesNothingKeepsTheRevision() {
    DeviceConfiguration changed = applied(START, "{'interval':2,'custom':{'a':{'b':[1.50]}}}");

    assertThat(applied(changed, "{'interval':2}")).isEqualTo(changed);
    assertThat(applied(changed, "{}")).isEqualTo(changed);
    assertThat(applied(changed, changed.toJson().toString())).isEqualTo(changed);
  }

  @Test
  void tellsTheNameOfTheChange() {
    assertThat(apply(START, "{'change_id':'abc','interval':2}").changeId()).contains("abc");
    assertThat(apply(START, "{'change_id':7,'interval':0}").changeId()).contains("7");
    assertThat(apply(START, "{'interval':2}").changeId()).isEmpty();
    assertThat(apply(START, "{'change_id':null}").changeId()).isEmpty();
    assertThat(applied(START, "{'change_id':'abc'}")).isEqualTo(START);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'sensors':{'temperature':{'interval':0}}}|sensors.temperature.interval: must be 0.1 to"
            + " 86400 seconds, was 0",
        "{'interval':'5'}|interval: must be 0.1 to 86400 seconds, was \"5\"",
        "{'interval':1e400}|interval: must be 0.1 to 86400 seconds, was Infinity",
        "{'temperature':{'sensitivity':-1}}|temperature.sensitivity: must be 0 or more, was -1",
        "{'enabled':1}|enabled: must be true or false, was 1",
        "{'frequency':0}|frequency: must be 0.0000116 to 10 Hz (one in 86400 to 0.1 seconds),"
            + " was 0",
        "{'frequency':'fast'}|frequency: must be 0.0000116 to 10 Hz (one in 86400 to 0.1 seconds),"
            + " was \"fast\"",
        "{'frequency':1,'interval':2}|interval: interval and frequency are given with different"
            + " values; give one of them",
        "{'temperature':{'interval':1},'sensors':{'temperature':{'interval':2}}}|"
            + "temperature.interval: is given twice, with different values",
        "{'temperature':{'kind':'file'}}|temperature.kind: cannot be changed from outside;"
            + " it stands in device.yaml on the device",
        "{'temperature':{'command':['rm']}}|temperature.command: cannot be changed from outside;"
            + " it stands in device.yaml on the device",
        "{'broker':{}}|broker: cannot be changed from outside;"
            + " it stands in device.yaml on the device",
        "{'temperatur':{}}|temperatur: is neither a sensor of this device nor a key;"
            + " did you mean temperature?",
        "{'sensors':{'humidty':{}}}|sensors.humidty: this device has no such sensor;"
            + " did you mean humidity?",
        "{'temperature':{'intervall':1}}|temperature.intervall: is no key of a sensor;"
            + " did you mean interval?",
        "{'temperature':5}|temperature: must be an object, was 5",
        "{'sensors':[]}|sensors: must be an object, was []",
        "{'custom':'x'}|custom: must be an object, was \"x\"",
        "{'custom':{'x':1e400}}|custom: a number is too large or too small",
        "{'topic':'a/+'}|topic: must be a topic name without wildcards, was 'a/+'",
        "{'topic':'config_change/x'}|topic: must not begin with $, config_change, status or twin,"
            + " was 'config_change/x'",
        "{'topic':5}|topic: must be a text, was 5",
        "{'revision':9,'interval':2}|revision: the change was made for revision 9, and 1 is in"
            + " force",
        "{'change_id':{}}|change_id: must be a text of 1 to 128 characters, was {}",
        "[1]|the change must be a JSON object, was [1]",
        "|the change is no JSON: it is empty",
      })
  void tellsWhyItRefuses(String patch, String reason) {
    assertThat(reasons(START, patch == null ? "" : patch)).containsExactly(reason);
  }

  @Test
  void tellsAllReasonsAndAppliesNothing() {
    assertThat(reasons(START, "{'interval':0,'sensitivity':0.5,'temperature':{'x':1}}")).hasSize(2);
    assertThat(START.toJson()).isEqualTo(DeviceConfiguration.of(describe(YAML)).toJson());
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(reasons(START, "{'interval':"))
        .singleElement()
        .asString()
        .startsWith("the change is no JSON: line 1, column ");
    assertThat(reasons(START, "{'interval':1,'interval':2}"))
        .singleElement()
        .asString()
        .contains("Duplicate");
    assertThat(reasons(START, "{} {}")).hasSize(1);
    assertThat(reasons(START, "[".repeat(5_000))).hasSize(1);
    assertThat(reasons(START, "\0")).hasSize(1);
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertThat(reasons(START, " ".repeat(ConfigurationPatch.MAX_BYTES + 1)))
        .containsExactly("the change must have at most 65536 bytes, had 65537");
    var many = new StringBuilder("{'custom':{'k':0");
    for (int i = 0; i < CustomKeys.MAX_KEYS; i++) {
      many.append(",'k").append(i).append("':0");
    }
    assertThat(reasons(START, many.append("}}").toString()))
        .containsExactly("custom: must have at most 256 keys, had 261");
    assertThat(reasons(START, "{'custom':{'k':'" + "x".repeat(40_000) + "'}}"))
        .singleElement()
        .asString()
        .startsWith("custom: must have at most 32768 bytes as JSON, had 40");
    assertThat(reasons(START, "{'custom':" + "{'k':".repeat(9) + "1" + "}".repeat(9) + "}"))
        .containsExactly("custom: must be nested at most 8 levels deep");
  }

  @Test
  void manySmallChangesDoNotAddUpToTooMuch() {
    DeviceConfiguration configuration = START;
    String half = "x".repeat(CustomKeys.MAX_BYTES / 2);
    configuration = applied(configuration, "{'custom':{'a':'" + half + "'}}");

    assertThat(reasons(configuration, "{'custom':{'b':'" + half + "'}}"))
        .singleElement()
        .asString()
        .startsWith("custom: must have at most");
  }

  // --- Kept on disk

  @Test
  void isTheSameAfterARestart() {
    DeviceConfiguration changed =
        applied(START, "{'temperature':{'interval':2},'topic':'t','custom':{'new':[1.5]}}");

    DeviceConfiguration.Restored restored =
        DeviceConfiguration.restore(describe(YAML), stored(changed));

    assertThat(restored.messages()).isEmpty();
    assertThat(restored.configuration()).isEqualTo(changed);
  }

  @Test
  void whatNobodyChangedFollowsTheFile() {
    DeviceConfiguration changed = applied(START, "{'temperature':{'interval':2}}");

    DeviceConfiguration restored =
        DeviceConfiguration.restore(
                describe(YAML.replace("sensitivity: 0.1", "sensitivity: 0.9, interval: 30")),
                stored(changed))
            .configuration();

    assertThat(sampling(restored, "temperature"))
        .isEqualTo(new Sampling(2, 0.9, OptionalDouble.empty(), true));
    assertThat(restored.revision()).isEqualTo(3);
  }

  @Test
  void dropsChangesThatDoNotFitAnyMore() {
    DeviceConfiguration changed =
        applied(START, "{'temperature':{'interval':2},'humidity':{'interval':3}}");
    String kept =
        changed
            .toStoredJson()
            .toString()
            .replace("\"interval\":3", "\"interval\":0,\"colour\":1")
            .replace("\"changes\":{", "\"changes\":{\"topic\":\"#\",");

    DeviceConfiguration.Restored restored =
        DeviceConfiguration.restore(
            describe(YAML.replace("temperature:", "warmth:")),
            JsonValues.parse(kept.getBytes(StandardCharsets.UTF_8)));

    assertThat(restored.messages())
        .containsExactly(
            "topic: must be a topic name without wildcards, was '#'; this kept change was dropped",
            "sensors.temperature: is not in device.yaml any more; this kept change was dropped",
            "sensors.humidity.interval: must be 0.1 to 86400 seconds, was 0;"
                + " this kept change was dropped",
            "sensors.humidity.colour: is no key that can be changed;"
                + " this kept change was dropped");
    assertThat(sampling(restored.configuration(), "humidity"))
        .isEqualTo(sampling(START, "humidity"));
    assertThat(restored.configuration().revision()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{'revision':0,'changes':{}}", "{'revision':2}"})
  void startsWithTheFileWhereWhatWasKeptIsDamaged(String kept) {
    DeviceConfiguration.Restored restored =
        DeviceConfiguration.restore(describe(YAML), JsonValues.parse(bytes(kept)));

    assertThat(restored.configuration()).isEqualTo(START);
    assertThat(restored.messages()).hasSize(1);
  }

  // --- Shorthand

  private static tools.jackson.databind.JsonNode stored(DeviceConfiguration configuration) {
    return JsonValues.parse(
        configuration.toStoredJson().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Sampling sampling(DeviceConfiguration configuration, String sensor) {
    return Optional.ofNullable(configuration.sensors().get(sensor)).orElseThrow().sampling();
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static PatchResult apply(DeviceConfiguration inForce, String patch) {
    return ConfigurationPatch.apply(inForce, bytes(patch));
  }

  private static DeviceConfiguration applied(DeviceConfiguration inForce, String patch) {
    return switch (apply(inForce, patch)) {
      case PatchResult.Applied(var configuration, var _) -> configuration;
      case PatchResult.Refused(var reasons, var _) -> throw new AssertionError(reasons);
    };
  }

  private static List<String> reasons(DeviceConfiguration inForce, String patch) {
    return switch (apply(inForce, patch)) {
      case PatchResult.Applied applied -> throw new AssertionError(applied);
      case PatchResult.Refused(var reasons, var _) -> reasons;
    };
  }
}
