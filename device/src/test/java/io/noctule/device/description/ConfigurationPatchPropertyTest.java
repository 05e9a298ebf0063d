package io.noctule.device.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for whatever changes come, valid ones and others, one after the other. */
class ConfigurationPatchPropertyTest {
  private static final DeviceDescription DEVICE =
      ConfigurationPatchTest.describe(
          """
          id: d
          sensors:
            t: {kind: simulated, sensitivity: 0.1, max_silence: 90}
            h: {kind: simulated, interval: 10}
          custom: {a: 1, b: {c: 2.50, d: x}}
          """);

  private static final DeviceDescription CHANGED_DEVICE =
      ConfigurationPatchTest.describe(
          """
          id: d
          sensors:
            t: {kind: simulated, interval: 7}
            n: {kind: simulated}
          custom: {b: 5, e: {f: true}}
          """);

  @Property(tries = 500)
  void aChangeIsAppliedAsAWholeOrNotAtAll(@ForAll("patches") List<JsonNode> patches) {
    DeviceConfiguration inForce = DeviceConfiguration.of(DEVICE);
    for (JsonNode patch : patches) {
      JsonNode before = inForce.toJson();
      PatchResult result = ConfigurationPatch.apply(inForce, bytes(patch));
      assertThat(inForce.toJson()).isEqualTo(before);
      switch (result) {
        case PatchResult.Refused(var reasons, var _) -> assertThat(reasons).isNotEmpty();
        case PatchResult.Applied(var next, var _) -> {
          assertThat(next.revision() - inForce.revision())
              .isEqualTo(withoutRevision(next).equals(withoutRevision(inForce)) ? 0 : 1);
          assertAllOf(patch, next);
          inForce = next;
        }
      }
    }
  }

  @Property(tries = 300)
  void whatIsReportedChangesNothingAsAPatch(@ForAll("patches") List<JsonNode> patches) {
    DeviceConfiguration inForce = after(patches);

    assertThat(ConfigurationPatch.apply(inForce, bytes(inForce.toJson())))
        .isInstanceOfSatisfying(
            PatchResult.Applied.class,
            applied -> assertThat(applied.configuration()).isEqualTo(inForce));
  }

  @Property(tries = 300)
  void aRestartChangesNothing(@ForAll("patches") List<JsonNode> patches) {
    DeviceConfiguration inForce = after(patches);

    DeviceConfiguration.Restored restored =
        DeviceConfiguration.restore(DEVICE, JsonValues.parse(bytes(inForce.toStoredJson())));

    assertThat(restored.messages()).isEmpty();
    assertThat(restored.configuration()).isEqualTo(inForce);
    assertThat(restored.configuration().toJson()).isEqualTo(inForce.toJson());
  }

  @Property(tries = 300)
  void anotherFileNeverStopsTheDevice(@ForAll("patches") List<JsonNode> patches) {
    JsonNode kept = JsonValues.parse(bytes(after(patches).toStoredJson()));

    DeviceConfiguration restored =
        DeviceConfiguration.restore(CHANGED_DEVICE, kept).configuration();

    assertThat(restored.sensors().keySet()).isEqualTo(CHANGED_DEVICE.sensors().keySet());
    assertThat(ConfigurationPatch.apply(restored, bytes(restored.toJson())))
        .isInstanceOfSatisfying(
            PatchResult.Applied.class,
            applied -> assertThat(applied.configuration()).isEqualTo(restored));
  }

  @Property(tries = 500)
  void anyBytesAreAnswered(@ForAll @Size(max = 60) byte[] payload) {
    assertThat(ConfigurationPatch.apply(DeviceConfiguration.of(DEVICE), payload)).isNotNull();
  }

  private static DeviceConfiguration after(List<JsonNode> patches) {
    DeviceConfiguration inForce = DeviceConfiguration.of(DEVICE);
    for (JsonNode patch : patches) {
      if (ConfigurationPatch.apply(inForce, bytes(patch))
          instanceof PatchResult.Applied(var next, var _)) {
        inForce = next;
      }
    }
    return inForce;
  }

  /** What the patch says of single sensors is in force, number by number. */
  private static void assertAllOf(JsonNode patch, DeviceConfiguration next) {
    JsonNode sensors = next.toJson().path("sensors");
    patch
        .path("sensors")
        .forEachEntry(
            (name, change) ->
                change.forEachEntry(
                    (key, value) -> {
                      if (value.isNumber() && !key.equals("frequency")) {
                        assertThat(sensors.path(name).path(key).doubleValue())
                            .isEqualTo(value.doubleValue());
                      }
                    }));
  }

  private static ObjectNode withoutRevision(DeviceConfiguration configuration) {
    ObjectNode json = configuration.toJson();
    json.remove("revision");
    return json;
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<List<JsonNode>> patches() {
    return patch().list().ofMaxSize(4);
  }

  private Arbitrary<JsonNode> patch() {
    Arbitrary<JsonNode> sensor =
        object(
            List.of("interval", "sensitivity", "max_silence", "enabled", "frequency", "unit"),
            Arbitraries.frequencyOf(Tuple.of(8, number()), Tuple.of(1, leaf())));
    return Arbitraries.lazyOf(
        () -> object(List.of("sensors"), object(List.of("t", "h"), sensor)),
        () -> object(List.of("t", "h"), sensor),
        () -> object(List.of("interval", "sensitivity", "enabled", "topic"), leaf()),
        () -> object(List.of("custom"), object(List.of("a", "b", "e"), value())),
        this::value);
  }

  private Arbitrary<JsonNode> value() {
    return Arbitraries.lazyOf(
        this::leaf,
        this::leaf,
        () -> object(List.of("c", "d", "f", ""), value()),
        () -> value().list().ofMaxSize(2).map(list -> JsonValues.NODES.arrayNode().addAll(list)));
  }

  private Arbitrary<JsonNode> leaf() {
    return Arbitraries.oneOf(
        number(),
        Arbitraries.of(
            JsonValues.NODES.nullNode(),
            JsonValues.NODES.booleanNode(true),
            JsonValues.NODES.booleanNode(false)),
        Arbitraries.of("", "x", "sensor_data", "°C", "#").map(JsonValues.NODES::stringNode));
  }

  private Arbitrary<JsonNode> number() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(0, 20).ofScale(3).map(JsonValues.NODES::numberNode),
        Arbitraries.integers().between(-1, 100).map(JsonValues.NODES::numberNode),
        Arbitraries.bigDecimals().map(JsonValues.NODES::numberNode));
  }

  private Arbitrary<JsonNode> object(List<String> keys, Arbitrary<JsonNode> values) {
    return Arbitraries.maps(Arbitraries.of(keys), values)
        .ofMaxSize(Math.min(2, keys.size()))
        .map(
            members -> {
              ObjectNode object = JsonValues.NODES.objectNode();
              members.forEach(object::set);
              return object;
            });
  }
}
