/** Where one can go: at the left, or at the bottom of a narrow screen. */

import type { ComponentType } from "preact";
import { session, signOut } from "../session/session";
import { cut } from "../text/visible";
import {
  Bat,
  DevicesIcon,
  HomeIcon,
  KeysIcon,
  LeaveIcon,
  MoonIcon,
  SunIcon,
  SystemIcon,
  TopicsIcon,
} from "./icons";
import { keysShown } from "./Keys";
import { route } from "./route";
import { type Theme, theme } from "./theme";

const PLACES: { name: string; path: string; Icon: ComponentType }[] = [
  { name: "Home", path: "", Icon: HomeIcon },
  { name: "Devices", path: "devices", Icon: DevicesIcon },
  { name: "Topics", path: "topics", Icon: TopicsIcon },
];

export function Rail() {
  const here = route.value.path[0] ?? "";
  return (
    <nav class="rail" aria-label="Pages">
      <a class="brand" href="#/" aria-label="Noctule, home">
        <Bat />
        <span>Noctule</span>
      </a>
      <ul>
        {PLACES.map(({ name, path, Icon }) => (
          <li key={name}>
            <a href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
              <Icon />
              <span>{name}</span>
            </a>
          </li>
        ))}
      </ul>
      <Foot />
    </nav>
  );
}

function Foot() {
  const user = session.value.state === "in" ? session.value.user : "";
  const leave = () => signOut().catch(() => location.reload());
  return (
    <div class="rail-foot">
      <ThemeSwitch />
      <button
        type="button"
        class="rail-button rail-wide"
        onClick={() => {
          keysShown.value = true;
        }}
      >
        <KeysIcon />
        <span>Keys</span>
        <kbd>?</kbd>
      </button>
      <button type="button" class="rail-button" onClick={leave}>
        <LeaveIcon />
        <span class="rail-user">
          Sign out<small>{cut(user, 24)}</small>
        </span>
      </button>
    </div>
  );
}

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const SIGN: Record<Theme, ComponentType> = { system: SystemIcon, light: SunIcon, dark: MoonIcon };
const SAID: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

function ThemeSwitch() {
  const chosen = theme.value;
  const Sign = SIGN[chosen];
  return (
    <button
      type="button"
      class="rail-button"
      aria-label={`Colours: ${SAID[chosen]}. Change to: ${SAID[NEXT[chosen]]}`}
      onClick={() => {
        theme.value = NEXT[chosen];
      }}
    >
      <Sign />
      <span>Colours</span>
    </button>
  );
}
