/** Login with name and password. */

import { useSignal } from "@preact/signals";
import { wordsOf } from "../http/request";
import { Bat } from "../shell/icons";
import { Command } from "../text/Copy";
import { signIn } from "./session";

export function SignIn({ setupRequired }: { setupRequired: boolean }) {
  return (
    <main class="gate">
      <section class="gate-card">
        <Bat />
        {setupRequired ? <FirstLogin /> : <SignInForm />}
      </section>
    </main>
  );
}

function FirstLogin() {
  return (
    <>
      <h1>Nobody has a login here yet</h1>
      <p>
        The first one is made by a link that works once. It stands in the terminal where Noctule was started,
        and looks like <code>{`${location.origin}/#/setup?token=…`}</code>
      </p>
      <p class="quiet">
        Lost it? Start Noctule again: it shows a new link each time until the first login exists.
      </p>
    </>
  );
}

function SignInForm() {
  const user = useSignal("");
  const password = useSignal("");
  const busy = useSignal(false);
  const failure = useSignal("");

  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    failure.value = "";
    try {
      await signIn(user.value, password.value);
    } catch (error) {
      failure.value = wordsOf(error);
      password.value = "";
    } finally {
      busy.value = false;
    }
  };

  return (
    <form onSubmit={submit}>
      <h1>Noctule</h1>
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
          autocomplete="current-password"
          required
          value={password.value}
          onInput={(event) => {
            password.value = event.currentTarget.value;
          }}
        />
      </label>
      <p role="alert" class="field-error">
        {failure.value}
      </p>
      <button type="submit" class="main" disabled={busy.value || user.value === "" || password.value === ""}>
        {busy.value ? "Signing in" : "Sign in"}
      </button>
      <details class="quiet">
        <summary>No password, or forgotten</summary>
        <p>Who runs Noctule can set it on its machine:</p>
        <Command text={`./noctule user passwd ${/^[\w.-]+$/.test(user.value) ? user.value : "NAME"}`} />
      </details>
    </form>
  );
}
