/** How often each sensor is read and how much must change before it is sent: in force, edited, sent, answered. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { segment, send, wordsOf } from "../http/request";
import { count } from "../text/number";
import { cut } from "../text/visible";
import { ChangeSteps } from "./ChangeSteps";
import {
  type Draft,
  type Edits,
  editsOf,
  FIELDS,
  type Field,
  inForce,
  keyOf,
  type Progress,
  settle,
} from "./change";
import type { Device, Sensor, Twin } from "./device";

interface PatchAnswer {
  state: string;
  revision?: number;
  changeId?: string;
  reasons?: string[];
}

export function ConfigurationForm({ device }: { device: Device }) {
  void device.version.value;
  const { twin } = device;
  if (twin === null) {
    return (
      <section class="panel" aria-labelledby="configuration-title">
        <h2 id="configuration-title">Configuration</h2>
        <p class="quiet">
          This device does not say how it is configured. Noctule's own devices do, on{" "}
          <code>twin/{cut(device.id, 60)}</code>, and can be changed here.
        </p>
      </section>
    );
  }
  return <Form device={device} twin={twin} />;
}

function Form({ device, twin }: { device: Device; twin: Twin }) {
  const draft = useSignal<Draft>(new Map());
  const progress = useSignal<Progress>({ state: "none" });
  const edits = editsOf(twin, draft.value);
  const busy = progress.value.state === "sending";
  const answered = useComputed(() => progress.value.state === "applied");

  useEffect(() => {
    progress.value = settle(progress.value, twin);
  }, [twin, progress]);
  // What was asked for is now in force: the fields show the device's word.
  const isApplied = answered.value;
  useEffect(() => {
    if (isApplied) draft.value = new Map();
  }, [isApplied, draft]);

  const type = (key: string, text: string) => {
    draft.value = new Map(draft.value).set(key, text);
    if (progress.value.state === "applied" || progress.value.state === "refused")
      progress.value = { state: "none" };
  };

  const save = async (event: Event) => {
    event.preventDefault();
    if (edits.patch === null || edits.errors.size > 0) return;
    const sent = Date.now();
    progress.value = { state: "sending", sent };
    try {
      const path = `devices/${segment(device.id)}/configuration`;
      const { body } = await send<PatchAnswer>("PATCH", path, edits.patch, {
        type: "application/merge-patch+json",
        accepted: [409],
      });
      progress.value = settle(progressOf(body, sent), device.twin);
    } catch (error) {
      progress.value = { state: "refused", sent, at: Date.now(), reasons: [wordsOf(error)] };
    }
  };

  const revert = () => {
    draft.value = new Map();
    progress.value = { state: "none" };
  };

  return (
    <section class="panel" aria-labelledby="configuration-title">
      <header class="panel-head">
        <h2 id="configuration-title">Configuration</h2>
        {twin.revision !== null && <p class="quiet">Revision {twin.revision} in force</p>}
      </header>
      {twin.sensors.size === 0 ? (
        <p class="quiet">This device reports no sensors, so there is nothing to set.</p>
      ) : (
        <form onSubmit={save} novalidate>
          <table class="sensors">
            <thead>
              <tr>
                <th scope="col">Sensor</th>
                <th scope="col">Interval</th>
                <th scope="col">Sensitivity</th>
              </tr>
            </thead>
            <tbody>
              {[...twin.sensors].map(([name, sensor]) => (
                <SensorRow
                  key={name}
                  name={name}
                  sensor={sensor}
                  draft={draft.value}
                  edits={edits}
                  busy={busy}
                  type={type}
                />
              ))}
            </tbody>
          </table>
          <p class="quiet form-help">
            A sensor is read once an interval; what it reads is sent when it has changed by at least the
            sensitivity.
          </p>
          <div class="form-foot">
            <button
              type="submit"
              class="main"
              disabled={busy || edits.patch === null || edits.errors.size > 0}
            >
              {edits.changed > 0 ? `Send ${count(edits.changed, "change")}` : "Send changes"}
            </button>
            <button type="button" disabled={busy || draft.value.size === 0} onClick={revert}>
              Discard
            </button>
            <ChangeSteps progress={progress.value} edited={edits.changed > 0} />
          </div>
        </form>
      )}
    </section>
  );
}

function progressOf(body: PatchAnswer, sent: number): Progress {
  const at = Date.now();
  switch (body.state) {
    case "applied":
      return { state: "applied", sent, at, revision: body.revision ?? null };
    case "refused":
      return { state: "refused", sent, at, reasons: body.reasons ?? [] };
    default:
      return { state: "sent", sent, changeId: body.changeId ?? "" };
  }
}

interface RowProps {
  name: string;
  sensor: Sensor;
  draft: Draft;
  edits: Edits;
  busy: boolean;
  type: (key: string, text: string) => void;
}

const LABELS: Record<Field, string> = { interval: "Interval", sensitivity: "Sensitivity" };

function SensorRow({ name, sensor, draft, edits, busy, type }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <bdi title={name}>{cut(name, 40)}</bdi>
        {sensor.kind !== null && <small class="quiet">{cut(sensor.kind, 24)}</small>}
      </th>
      {FIELDS.map((field) => {
        const key = keyOf(name, field);
        const typed = draft.get(key);
        const force = inForce(sensor, field);
        const error = edits.errors.get(key);
        const differs = typed !== undefined && typed !== force;
        const unit = field === "interval" ? "s" : (sensor.unit ?? "");
        const id = `field-${key.replace(/[^\w-]/g, (odd) => `_${odd.codePointAt(0)}`)}`;
        return (
          <td key={field} data-label={LABELS[field]}>
            <span class={differs ? "with-unit edited" : "with-unit"}>
              <input
                inputMode="decimal"
                autocomplete="off"
                aria-label={`${LABELS[field]} of ${cut(name, 40)}${unit ? `, ${cut(unit, 12)}` : ""}`}
                aria-invalid={error !== undefined}
                aria-describedby={`${id}-note`}
                disabled={busy}
                value={typed ?? force}
                onInput={(event) => type(key, event.currentTarget.value)}
              />
              <span aria-hidden="true">{cut(unit, 12)}</span>
            </span>
            <small id={`${id}-note`} class={error === undefined ? "quiet" : "field-error"}>
              {error ??
                (differs
                  ? `In force: ${force === "" ? "none" : force}${unit ? ` ${cut(unit, 12)}` : ""}`
                  : "")}
            </small>
          </td>
        );
      })}
    </tr>
  );
}
