"""A device as beginners write it: publishes right behind CONNECT and never reads its socket."""

import json
import sys
import time

import paho.mqtt.client as mqtt

port, topic, interval_seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])

client = mqtt.Client()
client.connect("127.0.0.1", port, keepalive=60)
number = 0
while True:
    client.publish(topic, json.dumps({"client": "beginner", "number": number, "msg": "Hello"}))
    print(number, flush=True)
    number += 1
    time.sleep(interval_seconds)
