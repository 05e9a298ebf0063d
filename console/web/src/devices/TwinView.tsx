/** What the device reports of itself, as JSON. */

import { CopyButton } from "../text/Copy";
import { Time } from "../text/Time";
import { JsonView } from "../topics/JsonView";
import type { Device } from "./device";

export function TwinView({ device }: { device: Device }) {
  void device.version.value;
  if (device.twin === null) return null;
  return (
    <section class="panel" aria-labelledby="twin-title">
      <header class="panel-head">
        <h2 id="twin-title">Twin</h2>
        <p class="quiet">
          What the device says of itself, <Time moment={device.twin.time} />
        </p>
        <CopyButton text={JSON.stringify(device.twin.json, null, 2)} label="Copy the twin as JSON" />
      </header>
      <JsonView value={device.twin.json} label="Twin" />
    </section>
  );
}
