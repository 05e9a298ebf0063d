/** Sends one message. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { wordsOf } from "../http/request";
import { liveness, publish } from "../live/broker";
import { formatBytes } from "../text/number";
import { clock } from "../text/time";
import { topicError } from "./topic";

const MAXIMUM_BYTES = 256 * 1024;

export function Publish({ topic: selected }: { topic: string | null }) {
  const topic = useSignal(selected ?? "");
  const payload = useSignal("");
  const qos = useSignal<0 | 1 | 2>(1);
  const retain = useSignal(false);
  const answer = useSignal<{ done: boolean; words: string } | null>(null);
  useEffect(() => {
    if (selected !== null) topic.value = selected;
  }, [selected, topic]);

  const error = topicError(topic.value);
  const bytes = new TextEncoder().encode(payload.value).length;
  const tooLong = bytes > MAXIMUM_BYTES;
  const live = liveness.value.state === "live";

  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await publish(topic.value, payload.value, qos.value, retain.value);
      answer.value = {
        done: true,
        words: `${qos.value === 0 ? "Sent" : "Taken by the broker"} at ${clock(Date.now())}`,
      };
    } catch (failure) {
      answer.value = { done: false, words: `Not published: ${wordsOf(failure)}` };
    }
  };

  return (
    <section class="panel" aria-labelledby="publish-title">
      <h2 id="publish-title">Publish</h2>
      <form class="publish" onSubmit={submit}>
        <label class="field">
          <span>Topic</span>
          <input
            class="mono"
            name="topic"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-invalid={error !== null}
            value={topic.value}
            onInput={(event) => {
              topic.value = event.currentTarget.value;
            }}
          />
          <small class="field-error" role="alert">
            {error}
          </small>
        </label>
        <label class="field">
          <span>Payload</span>
          <textarea
            class="mono"
            name="payload"
            rows={4}
            spellcheck={false}
            value={payload.value}
            onInput={(event) => {
              payload.value = event.currentTarget.value;
            }}
          />
          {tooLong && (
            <small class="field-error">
              {formatBytes(bytes)}: at most {formatBytes(MAXIMUM_BYTES)} from here
            </small>
          )}
        </label>
        <div class="publish-foot">
          <fieldset class="choice">
            <legend class="off-screen">Quality of service</legend>
            {([0, 1, 2] as const).map((level) => (
              <label key={level}>
                <input
                  type="radio"
                  name="qos"
                  checked={qos.value === level}
                  onChange={() => {
                    qos.value = level;
                  }}
                />
                <span>QoS {level}</span>
              </label>
            ))}
          </fieldset>
          <label class="check">
            <input
              type="checkbox"
              checked={retain.value}
              onChange={(event) => {
                retain.value = event.currentTarget.checked;
              }}
            />
            <span>Retain</span>
          </label>
          <button
            type="submit"
            class="main"
            disabled={!live || topic.value === "" || error !== null || tooLong}
          >
            Publish
          </button>
        </div>
        {retain.value && payload.value === "" && (
          <p class="notice look">An empty retained message deletes the one that is kept on this topic.</p>
        )}
        <p role="status" class={answer.value?.done ? "quiet" : "field-error"}>
          {answer.value?.words}
        </p>
      </form>
    </section>
  );
}
