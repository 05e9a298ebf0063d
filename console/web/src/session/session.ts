/** Who is logged in. */

import { signal } from "@preact/signals";
import { get, onSignedOut, send } from "../http/request";
import { connect, disconnect } from "../live/broker";

export type Session =
  | { state: "asking" }
  /** `setupRequired`: nobody has a login yet; the first is made by the link that the terminal shows. */
  | { state: "out"; setupRequired: boolean }
  | { state: "in"; user: string }
  | { state: "unreachable" };

export const session = signal<Session>({ state: "asking" });

onSignedOut((body) => {
  disconnect();
  const setupRequired = (body as { setupRequired?: unknown } | null)?.setupRequired === true;
  session.value = { state: "out", setupRequired };
});

/** Asks the server who we are. */
export async function resume(): Promise<void> {
  try {
    signedIn(await get<{ user?: string }>("session"));
  } catch {
    // A missing login has been told to the listener above; anything else means that nobody answered as a console would.
    if (session.peek().state !== "out") session.value = { state: "unreachable" };
  }
}

export async function signIn(user: string, password: string): Promise<void> {
  signedIn((await send<{ user?: string }>("POST", "session", { user, password })).body, user);
}

/** The first login: the token is the one of the link in the terminal. */
export async function setUp(token: string, user: string, password: string): Promise<void> {
  const { body } = await send<{ user?: string } | null>("POST", "setup", { token, user, password });
  signedIn(body, user);
}

export async function signOut(): Promise<void> {
  await send("DELETE", "session");
  disconnect();
  session.value = { state: "out", setupRequired: false };
}

function signedIn(body: { user?: string } | null, asked = ""): void {
  session.value = { state: "in", user: body?.user ?? asked };
  void connect();
}
