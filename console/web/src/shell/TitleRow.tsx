/** The page's name, the search, and whether the page is live. */

import { liveness } from "../live/broker";
import { cut } from "../text/visible";
import { Dot } from "./Dot";
import { BackIcon } from "./icons";
import { Search } from "./Search";

export function TitleRow({ title, back }: { title: string; back: boolean }) {
  return (
    <header class="title-row">
      <h1 title={title}>
        {back && (
          <a href="#/devices" class="back" aria-label="Back to the devices">
            <BackIcon />
          </a>
        )}
        <bdi>{cut(title, 64)}</bdi>
      </h1>
      <div class="title-tools">
        <Search />
        <BrokerState />
      </div>
    </header>
  );
}

function BrokerState() {
  switch (liveness.value.state) {
    case "live":
      return <Dot tone="ok" word="Live" />;
    case "lost":
      return <Dot tone="act" word="Not connected" />;
    default:
      return <Dot tone="quiet" word="Connecting" />;
  }
}
