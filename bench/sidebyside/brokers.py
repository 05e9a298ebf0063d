"""How each broker is started, on loopback, and that it accepts connections."""

import os
import shutil
import shlex
import socket
import subprocess
import time
from dataclasses import dataclass, field

from .processes import Pinned

READY_SECONDS = 30
HOST = "127.0.0.1"


class Failure(Exception):
    """Something that ends the program with one line."""


@dataclass
class Broker:
    """A broker to be measured.

    command: what starts it; it stays in the foreground
    version: of the program, for the record
    """

    name: str
    command: list
    port: int
    version: str
    environment: dict = field(default_factory=dict)
    running: Pinned = None
    log: str = ""

    def start(self, core, folder):
        """Starts it. Returns the process, whose context is the caller's to leave."""
        self.log = os.path.join(folder, self.name + ".log")
        with open(self.log, "w") as out:
            self.running = Pinned(core, self.command, self.environment, stdout=out, stderr=subprocess.STDOUT)
        return self.running

    def await_connections(self):
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
                return
            except OSError:
                self.require_running()
                if time.monotonic() > deadline:
                    raise self._failure(f"does not accept connections on port {self.port}")
                time.sleep(0.05)

    def require_running(self):
        status = self.running.process.poll()
        if status is not None:
            raise self._failure(f"ended with status {status}")

    def _failure(self, what):
        with open(self.log, errors="replace") as file:
            said = file.read().strip()[-2000:]
        return Failure(f"{self.name} {what}; it said:\n{said}" if said else f"{self.name} {what}, and said nothing")


def free_port():
    with socket.socket() as server:
        server.bind((HOST, 0))
        return server.getsockname()[1]


def noctule(launcher, folder):
    """Our broker, already built, with one event loop, and alone as mosquitto is."""
    port = free_port()
    options = os.environ.get("NOCTULE_JAVA_OPTS", "") + " -XX:ActiveProcessorCount=1"
    return Broker(
        "noctule",
        [launcher, "broker", "--host", HOST, "--port", str(port), "--no-history", "--no-console", "--data", folder],
        port,
        _first_line([launcher, "version"]),
        {"NOCTULE_NO_BUILD": "1", "NOCTULE_JAVA_OPTS": options.strip()},
    )


def mosquitto(folder, extra_lines):
    """Mosquitto without the limits that would make it drop messages."""
    program = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not program:
        raise Failure("mosquitto is not installed (apt install mosquitto); leave it out with --brokers noctule")
    port = free_port()
    config = os.path.join(folder, "mosquitto.conf")
    lines = [
        f"listener {port} {HOST}",
        "allow_anonymous true",
        "max_queued_messages 0",
        "max_inflight_messages 0",
        "persistence false",
        "log_dest stderr",
        "log_type error",
        "log_type warning",
        *extra_lines,
    ]
    with open(config, "w") as file:
        file.write("\n".join(lines) + "\n")
    return Broker("mosquitto", [program, "-c", config], port, _first_line([program, "-h"]))


def other(described):
    """Any broker, given as NAME=COMMAND with {port} in it."""
    name, equals, command = described.partition("=")
    if not name or not equals or "{port}" not in command:
        raise Failure(f"--other must be NAME=COMMAND with {{port}} in the command, not {described}")
    port = free_port()
    return Broker(name, shlex.split(command.replace("{port}", str(port))), port, "unknown")


def _first_line(command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (result.stdout or result.stderr).strip().splitlines()
    return lines[0] if lines else "unknown"
