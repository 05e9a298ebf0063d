"""Processes that are pinned to a core, whose CPU time is read, and that end with this program."""

import os
import signal
import subprocess
import threading
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
END_SECONDS = 5
SAMPLE_SECONDS = 0.1


class Pinned:
    """A process with what it starts, in a process group of its own, on one core. End it by leaving its context.

    The group keeps a Ctrl-C of the terminal away from it: it ends when this program says so, in order.
    """

    def __init__(self, core, command, environment=None, stdout=None, stderr=None):
        self.process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """SIGTERM, and SIGKILL to what is left of the group after 5 seconds."""
        if self.process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        self._signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def _signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def members(self):
        """The process ids of the group."""
        members = []
        for name in os.listdir("/proc"):
            if name.isdigit():
                fields = _stat(name)
                if fields and int(fields[2]) == self.process.pid:
                    members.append(name)
        return members


def _stat(pid):
    """The fields of /proc/PID/stat from the third on (the second may have blanks in it); None where it has ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def cpu_seconds(pids):
    """User and system time that the processes have taken so far."""
    ticks = 0
    for pid in pids:
        fields = _stat(pid)
        if fields:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_PER_SECOND


def busy_seconds(core):
    """How long a core has worked so far for any process; interrupts, which no process is charged for, left out."""
    with open("/proc/stat") as file:
        for line in file:
            name, *ticks = line.split()
            if name == f"cpu{core}":
                user, nice, system, _, _, _, _, stolen = map(int, ticks[:8])
                return (user + nice + system + stolen) / TICKS_PER_SECOND
    raise ValueError(f"there is no core {core}")


class CpuSampler:
    """Notes ten times a second how much CPU time a broker has taken, and its core has given to anybody."""

    def __init__(self, broker, core):
        self._pids = broker.members()
        self._core = core
        self._samples = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _run(self):
        while True:
            self._samples.append((time.monotonic(), cpu_seconds(self._pids), busy_seconds(self._core)))
            if self._ended.wait(SAMPLE_SECONDS):
                return

    def shares(self, start, end):
        """Shares of one core, 0 to 1, that the broker and all others took between two moments; None: not known."""
        within = [sample for sample in self._samples if start <= sample[0] <= end]
        if len(within) < 2:
            return None, None
        (first, own_before, busy_before), (last, own_after, busy_after) = within[0], within[-1]
        own = (own_after - own_before) / (last - first)
        busy = (busy_after - busy_before) / (last - first)
        return own, max(0.0, busy - own)
