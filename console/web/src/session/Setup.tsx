/** The first login, made by the one-time link that the terminal shows. */

import { useSignal } from "@preact/signals";
import { Problem, wordsOf } from "../http/request";
import { Bat } from "../shell/icons";
import { go } from "../shell/route";
import { setUp } from "./session";

// As the server has it.
const SHORTEST_PASSWORD = 8;

export function Setup({ token }: { token: string }) {
  const user = useSignal("admin");
  const password = useSignal("");
  const busy = useSignal(false);
  const failure = useSignal("");
  const linkIsOld = useSignal(false);
  const enough = password.value.length >= SHORTEST_PASSWORD;

  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    failure.value = "";
    try {
      await setUp(token, user.value, password.value);
      go("#/", true);
    } catch (error) {
      failure.value = wordsOf(error);
      linkIsOld.value = error instanceof Problem && [401, 403, 409].includes(error.status);
    } finally {
      busy.value = false;
    }
  };

  return (
    <main class="gate">
      <form class="gate-card" onSubmit={submit}>
        <Bat />
        <h1>Welcome to Noctule</h1>
        <p>
          Choose the name and password with which you look at this console. This person may do everything.
        </p>
        <label class="field">
          <span>Name</span>
          <input
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            value={user.value}
            onInput={(event) => {
              user.value = event.currentTarget.value;
            }}
          />
        </label>
        <label class="field">
          <span>Password</span>
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            required
            aria-describedby="password-rule"
            value={password.value}
            onInput={(event) => {
              password.value = event.currentTarget.value;
            }}
          />
          <small id="password-rule" class={password.value !== "" && !enough ? "field-error" : "quiet"}>
            At least {SHORTEST_PASSWORD} characters. A few words in a row are easy to keep in mind.
          </small>
        </label>
        <p role="alert" class="field-error">
          {failure.value}
          {linkIsOld.value && (
            <>
              {" "}
              <a href="#/">To the login</a>
            </>
          )}
        </p>
        <button type="submit" class="main" disabled={busy.value || user.value === "" || !enough}>
          {busy.value ? "Making the login" : "Make the login"}
        </button>
      </form>
    </main>
  );
}
