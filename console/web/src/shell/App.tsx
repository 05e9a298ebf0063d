/** The whole page: login, or rail, title row and the page of the address. */

import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { DevicePage } from "../devices/DevicePage";
import { DevicesPage } from "../devices/DevicesPage";
import { HomePage } from "../home/HomePage";
import { Setup } from "../session/Setup";
import { SignIn } from "../session/SignIn";
import { resume, session } from "../session/session";
import { TopicsPage } from "../topics/TopicsPage";
import type { Route } from "./address";
import { ConnectionBar } from "./ConnectionBar";
import { Keys, listenForKeys } from "./Keys";
import { Rail } from "./Rail";
import { route } from "./route";
import { TitleRow } from "./TitleRow";

export function App() {
  const { path, query } = route.value;
  if (path[0] === "setup") return <Setup token={query.get("token") ?? ""} />;
  switch (session.value.state) {
    case "asking":
      return null;
    case "unreachable":
      return <Unreachable />;
    case "out":
      return <SignIn setupRequired={session.value.setupRequired} />;
    case "in":
      return <Inside at={route.value} />;
  }
}

function Inside({ at }: { at: Route }) {
  useEffect(() => listenForKeys(), []);
  const { title, Page } = pageOf(at);
  useEffect(() => {
    document.title = title === "Home" ? "Noctule" : `${title} · Noctule`;
  }, [title]);
  const skip = () => document.getElementById("content")?.focus();
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <Rail />
      <div class="stage">
        <ConnectionBar />
        <TitleRow title={title} back={at.path.length > 1 && at.path[0] === "devices"} />
        <main id="content" tabIndex={-1}>
          <Page />
        </main>
      </div>
      <Keys />
    </div>
  );
}

function pageOf({ path }: Route): { title: string; Page: ComponentType } {
  const [place, id] = path;
  switch (place) {
    case undefined:
      return { title: "Home", Page: HomePage };
    case "devices":
      return id === undefined ? { title: "Devices", Page: DevicesPage } : { title: id, Page: DevicePage };
    case "topics":
      return { title: "Topics", Page: TopicsPage };
    default:
      return { title: "Not found", Page: NotFound };
  }
}

function NotFound() {
  return (
    <div class="empty">
      <h2>There is nothing at this address</h2>
      <p>
        Perhaps the link is of another version. <a href="#/">Go home</a> or to the{" "}
        <a href="#/devices">devices</a>.
      </p>
    </div>
  );
}

function Unreachable() {
  return (
    <main class="gate">
      <section class="gate-card">
        <h1>The console does not answer</h1>
        <p>This page came from it, so it ran a moment ago. Is Noctule still running?</p>
        <button type="button" class="main" onClick={() => void resume()}>
          Try again
        </button>
      </section>
    </main>
  );
}
