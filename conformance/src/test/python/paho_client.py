"""Drives the Paho client for Python: commands as JSON lines on standard input, events on standard output."""

import json
import sys
import threading

try:
    import paho.mqtt.client as mqtt
    from paho.mqtt.packettypes import PacketTypes
    from paho.mqtt.properties import Properties
except ImportError as missing:
    sys.exit(f"{missing}; as root: apt-get install python3-paho-mqtt (./test does it)")

VERSIONS = {"3.1": mqtt.MQTTv31, "3.1.1": mqtt.MQTTv311, "5": mqtt.MQTTv5}
SESSION_EXPIRY_SECONDS = 3600

printing = threading.Lock()


def tell(event, **fields):
    with printing:
        print(json.dumps({"event": event, **fields}), flush=True)


def on_connect(client, userdata, flags, reason, properties=None):
    if int(getattr(reason, "value", reason)) == 0:
        tell("connected", sessionPresent=bool(flags["session present"]))
    else:
        tell("refused", reason=str(reason))


def on_message(client, userdata, message):
    tell(
        "message",
        topic=message.topic,
        payload=message.payload.decode(),
        qos=message.qos,
        retain=bool(message.retain),
    )


def on_subscribe(client, userdata, mid, granted, properties=None):
    tell("subscribed", granted=int(getattr(granted[0], "value", granted[0])))


def on_disconnect(client, userdata, reason, properties=None):
    tell("disconnected")


def connect(command, version):
    keeps_session = command["keepsSession"]
    if version == mqtt.MQTTv5:
        client = mqtt.Client(command["clientId"], protocol=version)
    else:
        client = mqtt.Client(command["clientId"], clean_session=not keeps_session, protocol=version)
    client.on_connect = on_connect
    client.on_message = on_message
    client.on_subscribe = on_subscribe
    client.on_disconnect = on_disconnect
    if "will" in command:
        will = command["will"]
        client.will_set(will["topic"], will["payload"], will["qos"], will["retain"])
    if version == mqtt.MQTTv5:
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = SESSION_EXPIRY_SECONDS if keeps_session else 0
        client.connect("127.0.0.1", command["port"], clean_start=not keeps_session, properties=properties)
    else:
        client.connect("127.0.0.1", command["port"])
    client.loop_start()
    return client


def main():
    version = VERSIONS[sys.argv[1]]
    client = None
    for line in sys.stdin:
        command = json.loads(line)
        match command["do"]:
            case "connect":
                client = connect(command, version)
            case "subscribe":
                client.subscribe(command["filter"], command["qos"])
            case "publish":
                sent = client.publish(command["topic"], command["payload"], command["qos"], command["retain"])
                sent.wait_for_publish()
                tell("published")
            case "disconnect":
                client.disconnect()
            case unknown:
                sys.exit(f"unknown command {unknown}")


main()
