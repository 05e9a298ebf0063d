/** Says that what is shown is old, while the connection is away. */

import { liveness } from "../live/broker";
import { Time } from "../text/Time";

export function ConnectionBar() {
  const { state, since } = liveness.value;
  return (
    <div role="status" class={state === "lost" ? "bar look" : "bar-none"}>
      {state === "lost" && (
        <p>
          Connection lost <Time moment={since} />. What you see is from then; trying to get back.
        </p>
      )}
    </div>
  );
}
