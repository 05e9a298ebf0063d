/** Finds devices and pages by name. `/` focuses it. */

import { useSignal } from "@preact/signals";
import { devices } from "../devices/directory";
import { cut } from "../text/visible";
import { addressOf } from "./address";
import { SearchIcon } from "./icons";
import { go } from "./route";

interface Hit {
  name: string;
  kind: string;
  address: string;
}

const MAXIMUM_HITS = 8;
const PAGES: Hit[] = [
  { name: "Home", kind: "page", address: "#/" },
  { name: "Devices", kind: "page", address: "#/devices" },
  { name: "Topics", kind: "page", address: "#/topics" },
];

function find(asked: string): Hit[] {
  const wanted = asked.trim().toLowerCase();
  if (wanted === "") return [];
  const hits: Hit[] = [];
  for (const { id } of devices.value) {
    if (id.toLowerCase().includes(wanted))
      hits.push({ name: id, kind: "device", address: addressOf(["devices", id]) });
  }
  hits.sort((one, other) => Number(begins(other, wanted)) - Number(begins(one, wanted)));
  const pages = PAGES.filter(({ name }) => name.toLowerCase().includes(wanted));
  const topic: Hit = {
    name: asked.trim(),
    kind: "topic",
    address: addressOf(["topics"], { topic: asked.trim() }),
  };
  return [...hits.slice(0, MAXIMUM_HITS), ...pages, topic];
}

function begins({ name }: Hit, wanted: string): boolean {
  return name.toLowerCase().startsWith(wanted);
}

export function Search() {
  const asked = useSignal("");
  const chosen = useSignal(0);
  const open = useSignal(false);
  const hits = open.value ? find(asked.value) : [];

  const visit = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    asked.value = "";
    open.value = false;
    document.getElementById("content")?.focus();
    go(hit.address);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      chosen.value = (chosen.value + step + hits.length) % Math.max(1, hits.length);
    } else if (event.key === "Enter") {
      visit(hits[chosen.value]);
    } else if (event.key === "Escape") {
      asked.value = "";
      open.value = false;
      (event.currentTarget as HTMLElement).blur();
    }
  };

  return (
    <search class="search">
      <SearchIcon />
      <input
        id="search"
        type="text"
        role="combobox"
        enterKeyHint="go"
        placeholder="Search"
        aria-label="Search devices, topics and pages"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-autocomplete="list"
        aria-activedescendant={hits.length > 0 ? `hit-${chosen.value}` : undefined}
        autocomplete="off"
        spellcheck={false}
        value={asked.value}
        onInput={(event) => {
          asked.value = event.currentTarget.value;
          chosen.value = 0;
          open.value = true;
        }}
        onKeyDown={onKey}
        onBlur={() => {
          open.value = false;
        }}
      />
      <kbd>/</kbd>
      <div id="search-hits" role="listbox" class="hits" aria-label="Found" hidden={hits.length === 0}>
        {hits.map((hit, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen hit.
          <div
            key={hit.address}
            id={`hit-${at}`}
            role="option"
            aria-selected={at === chosen.value}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => visit(hit)}
          >
            <bdi>{cut(hit.name, 60)}</bdi>
            <span class="quiet">{hit.kind}</span>
          </div>
        ))}
      </div>
    </search>
  );
}
