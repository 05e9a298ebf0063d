"""What a person and a program read of the results."""

import json
import os
import platform
import subprocess
import sys
import time
from statistics import median

SATURATED = 0.95
DISTURBED = 0.05


def environment(brokers, options, root):
    """Where and with what it was measured."""
    return {
        "type": "environment",
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "commit": _commit(root),
        "loadAverage": os.getloadavg(),
        "brokers": {broker.name: {"version": broker.version, "command": broker.command} for broker in brokers},
        "options": options,
    }


def _processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _commit(root):
    try:
        result = subprocess.run(
            ["git", "-C", root, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return result.stdout.strip()


class Journal:
    """The results as JSON lines, written as they come."""

    def __init__(self, path):
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self.path = path
        self._file = open(path, "w")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def write(self, record):
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()

    def write_run(self, round_number, broker, workload, result):
        self.write(
            {
                "type": "run",
                "round": round_number,
                "broker": broker.name,
                "workload": workload.label(),
                "valid": result.valid(),
                "failure": result.failure or None,
                "brokerCpuMicrosPerMessage": result.cpu_micros(),
                "brokerShareOfCore": result.broker_share,
                "othersShareOfBrokerCore": result.others_share,
                "report": result.report,
            }
        )


class Summary:
    """The rounds of one workload on one broker, in one row."""

    def __init__(self, workload, broker, results):
        self.workload = workload
        self.broker = broker
        self.valid = bool(results) and all(result.valid() for result in results)
        rates = [result.rate() for result in results]
        self.rate, self.least, self.most = median(rates), min(rates), max(rates)
        self.cpu_micros = _median_of_known(result.cpu_micros() for result in results)
        self.broker_share = _median_of_known(result.broker_share for result in results)
        self.others_share = max((result.others_share or 0 for result in results), default=0)
        self.generator_share = median(result.generator_share() for result in results)
        self.trouble = _trouble(results)

    def fields(self):
        return {
            "type": "summary",
            "broker": self.broker.name,
            "workload": self.workload.label(),
            "valid": self.valid,
            "messagesPerSecondMedian": self.rate,
            "messagesPerSecondLeast": self.least,
            "messagesPerSecondMost": self.most,
            "brokerCpuMicrosPerMessage": self.cpu_micros,
            "brokerShareOfCore": self.broker_share,
            "othersShareOfBrokerCore": self.others_share,
            "generatorLoad": self.generator_share,
            "trouble": self.trouble or None,
        }


def _median_of_known(values):
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _trouble(results):
    """In words; empty where there was none."""
    counts = {}
    for result in results:
        for words, count in result.faults().items():
            counts[words] = counts.get(words, 0) + count
    failures = [result.failure for result in results if result.failure]
    nothing = any(not result.failure and not result.rate() for result in results)
    return "; ".join(
        [f"{count:,} {words}" for words, count in counts.items()]
        + (["nothing came while measuring"] if nothing else [])
        + sorted(set(failures))
    )


def table(rows, first):
    """Lines: of each workload a row for each broker, compared with the first broker."""
    line = "{:<11}{:>12}  {:>23}  {:>9}  {:>6}  {:>10}  {:>7}  {:>7}  {}"
    head = ("", "msg/s", "least - most", "CPU µs/msg", "core", "generator", "rate x", "CPU x", "lost")
    lines = [line.format(*head).rstrip()]
    reference = None
    for row in rows:
        if row.broker.name == first:
            reference = row
            lines.append(row.workload.label())
        ratio = cpu_ratio = ""
        if row is not reference and row.valid and reference.valid:
            ratio = f"{reference.rate / row.rate:.2f}"
            if row.cpu_micros and reference.cpu_micros:
                cpu_ratio = f"{row.cpu_micros / reference.cpu_micros:.2f}"
        lines.append(
            line.format(
                "  " + row.broker.name,
                f"{row.rate:,.0f}",
                f"{row.least:,.0f} - {row.most:,.0f}",
                "-" if row.cpu_micros is None else f"{row.cpu_micros:.2f}",
                _percent(row.broker_share),
                _percent(row.generator_share) + (" !" if row.generator_share > SATURATED else "  "),
                ratio,
                cpu_ratio,
                "0" if row.valid else "NOT VALID: " + row.trouble,
            )
        )
    return lines


def _percent(share):
    return "-" if share is None else f"{share:.0%}"


def remarks(rows, first):
    """Lines: what the columns mean, and what speaks against the figures."""
    lines = [
        "msg/s: deliveries a second, median of the rounds. CPU µs/msg: user and system time of the broker for one",
        "delivery. core: the broker's share of its core. rate x: " + first + "'s rate by this broker's; CPU x: this",
        "broker's CPU time for a delivery by " + first + "'s.",
    ]
    if any(row.generator_share > SATURATED for row in rows):
        lines.append("! the generator took its whole core: the rate may be its limit; compare the CPU time.")
    disturbed = max(row.others_share for row in rows)
    if disturbed > DISTURBED:
        lines.append(f"Other processes took up to {disturbed:.0%} of the broker's core: measure again on an idle machine.")
    invalid = sum(not row.valid for row in rows)
    if invalid:
        lines.append(f"NOT VALID: {invalid} of {len(rows)} rows have messages lost, or runs that failed.")
    return lines


def tell(*lines):
    """Progress, to standard error."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)
