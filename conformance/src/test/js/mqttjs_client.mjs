// Drives mqtt.js over WebSocket: commands as JSON lines on standard input, events on standard output.
import mqtt from "mqtt";
import { createInterface } from "node:readline";

const SESSION_EXPIRY_SECONDS = 3600;
const protocolVersion = Number(process.argv[2]);
let client;

function tell(event, fields = {}) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + "\n");
}

function orFail(then) {
  return (error, result) => (error ? tell("failed", { error: String(error) }) : then(result));
}

function connect({ port, clientId, keepsSession, will }) {
  const options = {
    clientId,
    protocolVersion,
    clean: !keepsSession,
    reconnectPeriod: 0,
    ...(protocolVersion === 3 && { protocolId: "MQIsdp" }),
    ...(protocolVersion === 5 && {
      properties: { sessionExpiryInterval: keepsSession ? SESSION_EXPIRY_SECONDS : 0 },
    }),
    ...(will && { will }),
  };
  client = mqtt.connect(`ws://127.0.0.1:${port}/mqtt`, options);
  client.on("connect", (connack) => tell("connected", { sessionPresent: connack.sessionPresent }));
  client.on("message", (topic, payload, { qos, retain }) =>
    tell("message", { topic, payload: payload.toString(), qos, retain }),
  );
  client.on("error", (error) => tell("failed", { error: String(error) }));
}

const verbs = {
  connect,
  subscribe: ({ filter, qos }) =>
    client.subscribe(filter, { qos }, orFail(([granted]) => tell("subscribed", { granted: granted.qos }))),
  publish: ({ topic, payload, qos, retain }) =>
    client.publish(topic, payload, { qos, retain }, orFail(() => tell("published"))),
  disconnect: () => client.end(false, orFail(() => tell("disconnected"))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  verbs[command.do](command);
}
process.exit(0);
