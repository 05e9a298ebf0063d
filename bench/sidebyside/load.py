"""One run of the load tool against one broker, with the CPU time that the broker took."""

import json
import subprocess
import threading
import time
from dataclasses import dataclass

from .processes import CpuSampler, Pinned

START_AND_DRAIN_SECONDS = 60

# The broker's share of its core is taken from the run's steady part. The measurement ends when sending does; until
# the tool has told its result the broker works off what is under way, which this is more than enough for.
TAIL_SECONDS = 0.5
STEADY_SHARE = 0.8

FAULTS = {"lost": "lost", "duplicated": "duplicated", "outOfOrder": "out of order", "unacknowledged": "not acknowledged"}


@dataclass(frozen=True)
class Workload:
    """What is sent. mqtt: 3 for 3.1.1, or 5."""

    shape: str
    qos: int
    mqtt: int
    payload_bytes: int

    SHAPES = {"fan-in": "10->1", "fan-out": "1->100", "pairs": "50"}

    def label(self):
        version = "3.1.1" if self.mqtt == 3 else "5.0"
        return f"{self.shape} {self.SHAPES[self.shape]}, QoS {self.qos}, {self.payload_bytes} B, MQTT {version}"

    def arguments(self):
        return [
            self.shape,
            *("--qos", str(self.qos)),
            *("--mqtt", str(self.mqtt)),
            *("--size", str(self.payload_bytes)),
        ]


@dataclass(frozen=True)
class Result:
    """What a run has found: the load tool's report, or why there is none.

    broker_share, others_share: of the broker's core, 0 to 1; None where not known
    """

    report: dict
    failure: str
    broker_share: float
    others_share: float

    def faults(self):
        """Count of each fault there was, by name; empty where each message came once and in order."""
        return {words: self.report[key] for key, words in FAULTS.items() if self.report.get(key)}

    def valid(self):
        return not self.failure and not self.faults() and self.rate() > 0

    def rate(self):
        """Deliveries a second."""
        return self.report.get("receivedPerSecond", 0.0)

    def generator_share(self):
        return self.report.get("generatorLoad", 0.0)

    def cpu_micros(self):
        """CPU time of the broker for one delivery; None where not known, as after a loss, whose end is waited for."""
        if self.broker_share is None or not self.valid():
            return None
        return self.broker_share * 1e6 / self.rate()


@dataclass(frozen=True)
class LoadTool:
    """The load tool on its core. broker_core is where the brokers are."""

    launcher: str
    core: int
    broker_core: int

    def run(self, broker, workload, warm_up_seconds, seconds):
        command = [
            *(self.launcher, "bench", *workload.arguments()),
            *("--host", "127.0.0.1", "--port", str(broker.port)),
            *("--warmup", str(warm_up_seconds), "--seconds", str(seconds), "--json"),
        ]
        with CpuSampler(broker.running, self.broker_core) as sampler, Pinned(
            self.core,
            command,
            {"NOCTULE_NO_BUILD": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as generator:
            patience = threading.Timer(warm_up_seconds + seconds + START_AND_DRAIN_SECONDS, generator.end)
            patience.start()
            try:
                line = generator.process.stdout.readline()
                told = time.monotonic()
                said = generator.process.stderr.read().strip()
            finally:
                patience.cancel()
        if not line:
            return Result({}, said.splitlines()[-1] if said else "the load tool did not end", None, None)
        end = told - TAIL_SECONDS
        return Result(json.loads(line), "", *sampler.shares(end - STEADY_SHARE * seconds, end))
