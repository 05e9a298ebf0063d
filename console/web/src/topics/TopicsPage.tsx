/** Everything that passes, as a tree; beside it one topic's value, and a form to publish. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { now, onNextBeat } from "../live/beat";
import { subscribe } from "../live/broker";
import { addressOf } from "../shell/address";
import { PauseIcon, PlayIcon } from "../shell/icons";
import { go, route } from "../shell/route";
import { count } from "../text/number";
import { Publish } from "./Publish";
import { Tree } from "./Tree";
import { TopicTree } from "./tree";
import { Value } from "./Value";

export function TopicsPage() {
  const query = route.value.query;
  const filter = query.get("filter") ?? "#";
  const selected = query.get("topic");
  const version = useSignal(0);
  const refused = useSignal("");
  const paused = useSignal(false);
  // A tree of its own for each filter: what another one brought is not what was asked for.
  const tree = useMemo(() => new TopicTree(Date.now()), [filter]);

  useEffect(() => {
    refused.value = "";
    const announce = () => {
      version.value += 1;
    };
    return subscribe(
      filter,
      (message) => {
        if (paused.peek()) return;
        tree.add(message);
        onNextBeat(announce);
      },
      (words) => {
        refused.value = words;
      },
    );
  }, [filter, tree, version, refused, paused]);

  const known = selected !== null && tree.find(selected) !== null;
  useEffect(() => {
    if (selected !== null && known) tree.reveal(selected, Date.now());
    version.value += 1;
  }, [selected, known, tree, version]);

  void version.value;
  const branch = selected === null ? null : tree.find(selected);
  const select = (topic: string) =>
    go(addressOf(["topics"], { filter: filter === "#" ? null : filter, topic }), true);

  return (
    <>
      <div class="tools">
        <FilterForm key={filter} filter={filter} />
        <button
          type="button"
          aria-pressed={paused.value}
          onClick={() => {
            paused.value = !paused.value;
          }}
        >
          {paused.value ? <PlayIcon /> : <PauseIcon />}
          <span>{paused.value ? "Go on" : "Pause"}</span>
        </button>
        <p class="quiet tools-note">
          {count(tree.root.count, "message")} on {count(tree.topics, "topic")}
          {tree.overflow > 0 && `, ${count(tree.overflow, "message")} more on topics that find no room here`}
        </p>
      </div>
      {refused.value !== "" && (
        <p class="notice look" role="alert">
          <strong>
            The broker does not let you listen to <code>{filter}</code>:
          </strong>{" "}
          {refused.value}. Ask for less, for example{" "}
          <a href={addressOf(["topics"], { filter: "sensor_data/#" })}>sensor_data/#</a>, or ask who runs
          Noctule for the right.
        </p>
      )}
      <div class="topics">
        <section class="panel tree-panel" aria-label="Topics">
          {tree.root.count === 0 ? (
            <p class="quiet tree-none">
              Nothing yet on <code>{filter}</code>. Topics appear here with their first message. The broker's
              own are on <a href={addressOf(["topics"], { filter: "$SYS/#" })}>$SYS/#</a>.
            </p>
          ) : (
            <Tree
              tree={tree}
              version={version.value}
              now={now.value}
              selected={selected}
              onSelect={({ topic }) => select(topic)}
              onChange={() => {
                version.value += 1;
              }}
            />
          )}
        </section>
        <div class="topics-side">
          {branch?.last ? (
            <Value key={branch.topic} branch={branch} messages={branch.count} />
          ) : (
            <section class="panel">
              <p class="quiet">
                {selected === null
                  ? "Choose a topic to see its value."
                  : "No message on this topic since you are looking."}
              </p>
            </section>
          )}
          <Publish topic={selected} />
        </div>
      </div>
    </>
  );
}

function FilterForm({ filter }: { filter: string }) {
  const typed = useSignal(filter);
  const submit = (event: Event) => {
    event.preventDefault();
    const wanted = typed.value.trim() || "#";
    go(addressOf(["topics"], { filter: wanted === "#" ? null : wanted }));
  };
  return (
    <form class="filter" onSubmit={submit}>
      <label class="off-screen" for="filter">
        Topic filter
      </label>
      <input
        id="filter"
        class="mono"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" disabled={typed.value.trim() === filter}>
        Listen
      </button>
    </form>
  );
}
