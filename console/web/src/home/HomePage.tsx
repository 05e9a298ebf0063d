/** Is everything well? One sentence, four numbers, and what happened last. */

import type { Device } from "../devices/device";
import { devices, listing } from "../devices/directory";
import { NoDevices } from "../devices/NoDevices";
import { now } from "../live/beat";
import { liveness } from "../live/broker";
import { Sparkline } from "../plot/Sparkline";
import type { SparkPoint } from "../plot/spark";
import { addressOf } from "../shell/address";
import { Dot } from "../shell/Dot";
import { count, formatBytes, formatNumber, formatShort } from "../text/number";
import { Time } from "../text/Time";
import { cut } from "../text/visible";
import {
  clients,
  devicesOnline,
  type Figure,
  figuresVersion,
  type HistoryState,
  history,
  historyBytes,
  messagesPerSecond,
} from "./figures";
import { healthOf } from "./health";

const HOUR_MILLIS = 3_600_000;
const SHOWN_EVENTS = 8;

export function HomePage() {
  const all = devices.value;
  follow(all);
  if (listing.value === "asking" && all.length === 0) return <p class="quiet">Asking how things are</p>;

  const health = healthOf(all, liveness.value, history.value?.problem ?? null, now.value);
  return (
    <>
      <section class="health" role="status">
        <Dot tone={health.tone} word="" />
        <p>{health.words}</p>
        {health.address && <a href={health.address}>Show</a>}
      </section>
      <Figures all={all} />
      {all.length === 0 ? <NoDevices /> : <Events all={all} />}
    </>
  );
}

/** Reads what changes with the devices, so that what is shown of them is shown anew. */
function follow(all: Device[]): void {
  for (const device of all) void device.version.value;
}

function Figures({ all }: { all: Device[] }) {
  follow(all);
  const online = all.filter(({ status }) => status === "online").length;
  void figuresVersion.value;
  const known = history.value;
  return (
    <dl class="figures">
      <Tile
        name="Devices online"
        figure={devicesOnline}
        value={formatNumber(online)}
        note={online === all.length ? "all that are known" : `of ${formatNumber(all.length)} known`}
        address="#/devices"
      />
      <Tile
        name="Messages a second"
        value={rate(messagesPerSecond.value)}
        note="mean of a minute"
        figure={messagesPerSecond}
      />
      <Tile name="Clients connected" value={short(clients.value)} note="with this page" figure={clients} />
      <Tile
        name="History"
        value={known?.bytes == null ? "–" : formatBytes(known.bytes)}
        note={historyNote(known)}
        figure={historyBytes}
      />
    </dl>
  );
}

function historyNote(known: HistoryState | null): string {
  if (known === null) return "not kept here";
  if (known.waiting > 1000) return `${count(known.waiting, "message")} waiting`;
  return known.readings === null ? "on disk" : count(known.readings, "reading");
}

/** The broker tells a figure when it changes: until then it is what it was. */
function untilNow({ points }: Figure): SparkPoint[] {
  const last = points.at(-1);
  return last === undefined ? [] : [...points, { value: last.value, time: Math.max(now.value, last.time) }];
}

function short(value: number | null): string {
  return value === null ? "–" : formatShort(value);
}

function rate(value: number | null): string {
  if (value === null) return "–";
  return value < 100 ? formatNumber(Number(value.toFixed(1)), 1) : formatShort(value);
}

interface TileProps {
  name: string;
  value: string;
  note: string;
  figure: Figure;
  address?: string;
}

function Tile({ name, value, note, figure, address }: TileProps) {
  return (
    <div class="tile">
      <dt>{address ? <a href={address}>{name}</a> : name}</dt>
      <dd class="figure">{value}</dd>
      <dd>
        <small>{note}</small>
      </dd>
      <dd>
        <Sparkline
          points={untilNow(figure)}
          spanMillis={HOUR_MILLIS}
          label={`${name} since this page was opened, an hour at most`}
        />
      </dd>
    </div>
  );
}

interface Event {
  time: number;
  device: string;
  words: string;
}

function eventsOf(all: Device[]): Event[] {
  const events: Event[] = [];
  for (const { id, status, statusSince, twin } of all) {
    if (statusSince !== null && status !== "unknown") {
      events.push({
        time: statusSince,
        device: id,
        words: status === "online" ? "came online" : "went offline",
      });
    }
    if (twin?.change?.time != null) {
      const { result, time, reasons } = twin.change;
      const words =
        result === "applied"
          ? "applied a new configuration"
          : `refused a configuration: ${reasons[0] ?? "no reason given"}`;
      events.push({ time, device: id, words });
    }
  }
  return events.sort((one, other) => other.time - one.time).slice(0, SHOWN_EVENTS);
}

function Events({ all }: { all: Device[] }) {
  follow(all);
  const events = eventsOf(all);
  return (
    <section class="panel" aria-labelledby="events-title">
      <h2 id="events-title">What happened last</h2>
      {events.length === 0 ? (
        <p class="quiet">Nothing since this page was opened. Devices that come and go are told here.</p>
      ) : (
        <ul class="events">
          {events.map(({ time, device, words }) => (
            <li key={`${time} ${device} ${words}`}>
              <Time moment={time} />
              <p>
                <a href={addressOf(["devices", device])}>
                  <bdi>{cut(device, 48)}</bdi>
                </a>{" "}
                {cut(words, 200)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
