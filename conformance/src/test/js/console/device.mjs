// A device of a few lines that keeps to the topics of Noctule's own: readings, status, twin, config_change.
import mqtt from "mqtt";

const LONGEST_INTERVAL = 3600;

/** `sensors`: name to `{ unit, interval, sensitivity }`. */
export async function startDevice(port, id, sensors) {
  const configuration = { revision: 1, topic: `sensor_data/${id}`, sensors: structuredClone(sensors), custom: {} };
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: `device-${Math.random().toString(36).slice(2)}`,
    will: { topic: `status/${id}`, payload: "offline", qos: 1, retain: true },
  });
  const since = new Date().toISOString();
  let change;

  const report = () =>
    client.publishAsync(
      `twin/${id}`,
      JSON.stringify({
        time: new Date().toISOString(),
        client: id,
        client_ip: "127.0.0.1",
        version: "0.1.0",
        since,
        configuration,
        ...(change && { change }),
        sensors: Object.fromEntries(Object.entries(sensors).map(([name, { unit }]) => [name, { unit, error: null }])),
      }),
      { qos: 1, retain: true },
    );

  client.on("message", (_, payload) => {
    const patch = JSON.parse(payload.toString());
    const reasons = [];
    for (const [name, { interval }] of Object.entries(patch.sensors ?? {})) {
      if (interval > LONGEST_INTERVAL) {
        reasons.push(`sensors.${name}.interval: must be 0.1 to ${LONGEST_INTERVAL} seconds, was ${interval}`);
      }
    }
    if (reasons.length === 0) {
      for (const [name, wanted] of Object.entries(patch.sensors ?? {})) {
        Object.assign(configuration.sensors[name], wanted);
      }
      configuration.revision += 1;
    }
    change = {
      id: patch.change_id,
      result: reasons.length === 0 ? "applied" : "refused",
      time: new Date().toISOString(),
      ...(reasons.length > 0 && { reasons }),
    };
    void report();
  });

  await client.subscribeAsync([`config_change/${id}`, "config_change"], { qos: 1 });
  await client.publishAsync(`status/${id}`, "online", { qos: 1, retain: true });
  await report();
  return {
    id,
    configuration,
    /** Publishes one message with these readings. */
    measure: (readings, time = new Date()) =>
      client.publishAsync(
        `sensor_data/${id}`,
        JSON.stringify({ time: time.toISOString(), client: id, client_ip: "127.0.0.1", ...readings }),
        { qos: 1 },
      ),
    /** Any other message. */
    publish: (topic, payload, options = { qos: 1 }) => client.publishAsync(topic, payload, options),
    /** Goes as a device does whose power fails: the will is sent. */
    crash: () => new Promise((done) => client.stream.once("close", done).destroy()),
    stop: () => client.endAsync(true),
  };
}
