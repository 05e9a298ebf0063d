/** One device: its readings over time, its configuration, and what it says of itself. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { wordsOf } from "../http/request";
import { now } from "../live/beat";
import { Dot } from "../shell/Dot";
import { route } from "../shell/route";
import { Time } from "../text/Time";
import { duration } from "../text/time";
import { cut, visible } from "../text/visible";
import { ConfigurationForm } from "./ConfigurationForm";
import type { Device } from "./device";
import { deviceOf, devices, refresh } from "./directory";
import { Readings } from "./Readings";
import { TwinView } from "./TwinView";
import { stateOf } from "./words";

export function DevicePage() {
  const id = route.value.path[1] ?? "";
  const failure = useSignal("");
  useEffect(() => {
    failure.value = "";
    refresh(id).catch((error: unknown) => {
      failure.value = wordsOf(error);
    });
  }, [id, failure]);

  // Read, so that the page fills when the device appears.
  void devices.value;
  const device = deviceOf(id);
  if (device === null) {
    return failure.value === "" ? (
      <p class="quiet">Asking for the device</p>
    ) : (
      <div class="empty" role="alert">
        <h2>
          No device <code>{cut(id, 60)}</code>
        </h2>
        <p>
          {failure.value} It appears here with its first message. <a href="#/devices">All devices</a>
        </p>
      </div>
    );
  }
  return <Known key={id} device={device} />;
}

function Known({ device }: { device: Device }) {
  void device.version.value;
  const { tone, word } = stateOf(device);
  const trouble = device.trouble();
  const { twin } = device;
  return (
    <div class="device">
      <dl class="facts">
        <div>
          <dt>State</dt>
          <dd>
            <Dot tone={tone} word={word} />
            {device.statusSince !== null && (
              <span class="quiet"> for {duration(Math.max(0, now.value - device.statusSince))}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Last seen</dt>
          <dd>
            <Time moment={device.lastSeen} />
          </dd>
        </div>
        {device.address !== null && (
          <div>
            <dt>Address</dt>
            <dd>{cut(device.address, 48)}</dd>
          </div>
        )}
        {twin?.version && (
          <div>
            <dt>Version</dt>
            <dd title={visible(twin.os ?? "")}>{cut(twin.version, 24)}</dd>
          </div>
        )}
        {twin?.since != null && (
          <div>
            <dt>Running</dt>
            <dd>{duration(Math.max(0, now.value - twin.since))}</dd>
          </div>
        )}
      </dl>
      {trouble !== null && (
        <p class="notice look">
          <strong>Needs a look.</strong> {cut(trouble, 300)}
        </p>
      )}
      <Readings device={device} />
      <ConfigurationForm device={device} />
      <TwinView device={device} />
    </div>
  );
}
