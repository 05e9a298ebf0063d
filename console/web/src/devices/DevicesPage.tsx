/** All devices as cards. */

import { useComputed, useSignal } from "@preact/signals";
import { addressOf } from "../shell/address";
import { go, route } from "../shell/route";
import { count } from "../text/number";
import { cut } from "../text/visible";
import { Card } from "./Card";
import type { Device, Status } from "./device";
import { devices, listing } from "./directory";
import { NoDevices } from "./NoDevices";

const SHOWN_AT_ONCE = 60;
type Filter = "all" | "look" | Status;

export function DevicesPage() {
  const all = devices.value;
  const query = route.value.query;
  const filter = (query.get("status") ?? "all") as Filter;
  const wanted = (query.get("name") ?? "").toLowerCase();
  const limit = useSignal(SHOWN_AT_ONCE);
  const counts = useComputed(() => tally(devices.value));

  if (all.length === 0) {
    if (listing.value === "asking") return <p class="quiet">Asking for the devices</p>;
    if (typeof listing.value === "object") return <Failed words={listing.value.failed} />;
    return <NoDevices />;
  }

  const matching = all.filter(
    (device) => matches(device, filter) && device.id.toLowerCase().includes(wanted),
  );
  const choose = (status: Filter) =>
    go(addressOf(["devices"], { status: status === "all" ? null : status, name: query.get("name") }), true);
  const narrow = (name: string) =>
    go(addressOf(["devices"], { status: query.get("status"), name: name || null }), true);

  return (
    <>
      <div class="tools">
        <fieldset class="choice">
          <legend class="off-screen">Which devices</legend>
          {(["all", "online", "offline", "look"] as const).map((status) => (
            <label key={status}>
              <input type="radio" name="status" checked={filter === status} onChange={() => choose(status)} />
              <span>
                {FILTERS[status]} <small>{counts.value[status]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <input
          type="search"
          class="narrow"
          placeholder="Filter by name"
          aria-label="Filter the devices by name"
          value={query.get("name") ?? ""}
          onInput={(event) => narrow(event.currentTarget.value)}
        />
      </div>
      {matching.length === 0 ? (
        <div class="empty">
          <h2>No device matches</h2>
          <p>
            {wanted === ""
              ? `None is “${FILTERS[filter as keyof typeof FILTERS] ?? cut(filter, 20)}”.`
              : "Another name, perhaps?"}{" "}
            <a href="#/devices">Show all {count(all.length, "device")}</a>
          </p>
        </div>
      ) : (
        <ul class="cards">
          {matching.slice(0, limit.value).map((device) => (
            <li key={device.id}>
              <Card device={device} />
            </li>
          ))}
        </ul>
      )}
      {matching.length > limit.value && (
        <button
          type="button"
          class="more"
          onClick={() => {
            limit.value += SHOWN_AT_ONCE;
          }}
        >
          Show {Math.min(SHOWN_AT_ONCE, matching.length - limit.value)} more of{" "}
          {count(matching.length, "device")}
        </button>
      )}
    </>
  );
}

const FILTERS = { all: "All", online: "Online", offline: "Offline", look: "Need a look" };

function matches(device: Device, filter: Filter): boolean {
  if (filter === "all") return true;
  return filter === "look" ? device.trouble() !== null : device.status === filter;
}

function tally(all: Device[]): Record<keyof typeof FILTERS, number> {
  const counts = { all: all.length, online: 0, offline: 0, look: 0 };
  for (const device of all) {
    // Read, so that a device's change counts anew.
    void device.version.value;
    if (device.status !== "unknown") counts[device.status] += 1;
    if (device.trouble() !== null) counts.look += 1;
  }
  return counts;
}

function Failed({ words }: { words: string }) {
  return (
    <div class="empty" role="alert">
      <h2>The devices cannot be listed now</h2>
      <p>{words}</p>
    </div>
  );
}
