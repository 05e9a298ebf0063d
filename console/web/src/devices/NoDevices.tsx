/** What to do while there is no device. */

import { Command } from "../text/Copy";

export function NoDevices() {
  return (
    <div class="empty">
      <h2>No device yet</h2>
      <p>
        Start one. It appears here by itself with its first message. On this machine, with simulated readings:
      </p>
      <Command text="./noctule device --id greenhouse-1" />
      <p>On another machine:</p>
      <Command text={`./noctule device --broker ${brokerHost()} --id NAME`} />
      <p class="quiet">
        Or anything else that speaks MQTT and publishes JSON with numbers on <code>sensor_data/NAME</code>.
      </p>
    </div>
  );
}

/** The name by which this page was reached is most likely the broker's too. */
function brokerHost(): string {
  return /^(localhost|127\.|\[::1\])/.test(location.hostname) ? "HOST" : location.hostname;
}
