/** Line icons of 20 × 20, each beside a text or with a label on what carries it. */

import type { ComponentChildren } from "preact";

function Line({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      {children}
    </svg>
  );
}

export const HomeIcon = () => (
  <Line>
    <path d="M3.5 9 10 3.5 16.5 9v7.5h-4.5V12H8v4.5H3.5z" />
  </Line>
);

export const DevicesIcon = () => (
  <Line>
    <rect x="6" y="6" width="8" height="8" rx="1.5" />
    <path d="M8.5 3v3M11.5 3v3M8.5 14v3M11.5 14v3M3 8.5h3M3 11.5h3M14 8.5h3M14 11.5h3" />
  </Line>
);

export const TopicsIcon = () => (
  <Line>
    <path d="M4.5 3.5v11a1.5 1.5 0 0 0 1.5 1.5h3M4.5 8.5H9" />
    <rect x="9" y="6.5" width="7.5" height="4" rx="1" />
    <rect x="9" y="14" width="7.5" height="4" rx="1" />
  </Line>
);

export const SearchIcon = () => (
  <Line>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 4 4" />
  </Line>
);

export const CopyIcon = () => (
  <Line>
    <rect x="7" y="7" width="9.5" height="9.5" rx="1.5" />
    <path d="M4.5 13H4A1 1 0 0 1 3 12V4.5A1.5 1.5 0 0 1 4.5 3H12a1 1 0 0 1 1 1v.5" />
  </Line>
);

export const DoneIcon = () => (
  <Line>
    <path d="m4 10.5 4 4 8-9" />
  </Line>
);

export const DownloadIcon = () => (
  <Line>
    <path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13" />
  </Line>
);

export const BackIcon = () => (
  <Line>
    <path d="m12 4-6 6 6 6" />
  </Line>
);

export const SunIcon = () => (
  <Line>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4" />
  </Line>
);

export const MoonIcon = () => (
  <Line>
    <path d="M16 12.3A6.5 6.5 0 0 1 7.7 4a6.5 6.5 0 1 0 8.3 8.3z" />
  </Line>
);

export const SystemIcon = () => (
  <Line>
    <rect x="3" y="4" width="14" height="9.5" rx="1.5" />
    <path d="M7.5 16.5h5M10 13.5v3" />
  </Line>
);

export const KeysIcon = () => (
  <Line>
    <rect x="2.5" y="5.5" width="15" height="9" rx="1.5" />
    <path d="M5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7" />
  </Line>
);

export const LeaveIcon = () => (
  <Line>
    <path d="M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M8 10h8.5M13 6.5l3.5 3.5-3.5 3.5" />
  </Line>
);

export const PauseIcon = () => (
  <Line>
    <path d="M7.5 4.5v11M12.5 4.5v11" />
  </Line>
);

export const PlayIcon = () => (
  <Line>
    <path d="m6.5 4 9 6-9 6z" />
  </Line>
);

/** The mark: a bat. */
export const Bat = () => (
  <svg class="bat" viewBox="0 0 32 20" aria-hidden="true">
    <path d="M16 5.2c.7 0 1.3.2 1.8.6L19.7 2l1.2 5.2c3.4-2.4 7.1-2.7 11.1-.9-2.3 1.7-3.3 3.7-3.1 6.3-2.1-1-3.9-.7-5.5.5-.4 2-1.4 3.1-3.1 3.5-1.9.4-3.3 1.4-4.3 3.4-1-2-2.4-3-4.3-3.4-1.7-.4-2.7-1.5-3.1-3.5-1.6-1.2-3.4-1.5-5.5-.5.2-2.6-.8-4.6-3.1-6.3 4-1.8 7.7-1.5 11.1.9L12.3 2l1.9 3.8c.5-.4 1.1-.6 1.8-.6z" />
  </svg>
);
