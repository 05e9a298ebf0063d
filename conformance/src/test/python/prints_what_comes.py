"""A receiver as beginners write it: subscribes when connected, prints each message, loops for ever."""

import json
import sys

import paho.mqtt.client as mqtt

port, topic = int(sys.argv[1]), sys.argv[2]


def on_connect(client, userdata, flags, code):
    print(f"connected {code}", flush=True)
    client.subscribe(topic)


def on_subscribe(client, userdata, mid, granted):
    print("subscribed", flush=True)


def on_message(client, userdata, message):
    content = json.loads(message.payload)
    print(f"{message.topic} {content['number']} qos={message.qos} retain={message.retain}", flush=True)


client = mqtt.Client()
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect("127.0.0.1", port, keepalive=60)
client.loop_forever()
