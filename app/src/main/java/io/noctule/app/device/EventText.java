package io.noctule.app.device;

import static io.noctule.app.device.EventLines.line;

/** Lines for people, with the words of the tutorials that many have started with. */
final class EventText implements EventLines {
  private static final String PROGRAM = "noctule device: ";

  private final boolean quiet;

  /** Lines for people; quiet: only what goes to standard error. */
  EventText(boolean quiet) {
    this.quiet = quiet;
  }

  @Override
  public String out(DeviceEvent event) {
    if (quiet) {
      return "";
    }
    return switch (event) {
      case DeviceEvent.Connecting e -> line("Connecting to broker " + e.broker());
      case DeviceEvent.Connected _ -> line("Connection OK");
      case DeviceEvent.Sent _ -> line("Msg has been sent!");
      case DeviceEvent.Received e ->
          line("Data received!") + line(EventLines.describe(e.message()).toString());
      case DeviceEvent.Special e -> line("Received a special msg " + e.word() + "!");
      case DeviceEvent.Refused e ->
          line("Bad connection returned code=%d (%s)".formatted(e.code(), e.name()));
      case DeviceEvent.Disconnected e -> line("Disconnected result code " + e.reason());
      case DeviceEvent.Log e -> line("log: " + e.line());
      case DeviceEvent.Unreachable _, DeviceEvent.Failed _, DeviceEvent.End _ -> "";
    };
  }

  @Override
  public String err(DeviceEvent event) {
    return switch (event) {
      case DeviceEvent.Unreachable e ->
          line(
              PROGRAM
                  + "cannot reach broker %s: %s%s"
                      .formatted(e.broker(), e.reason(), e.again() ? "; trying again" : ""));
      case DeviceEvent.Failed e -> line(PROGRAM + e.reason());
      case DeviceEvent.Refused e when quiet ->
          line(PROGRAM + "refused by the broker with code %d (%s)".formatted(e.code(), e.name()));
      case DeviceEvent.Refused _,
          DeviceEvent.Connecting _,
          DeviceEvent.Connected _,
          DeviceEvent.Sent _,
          DeviceEvent.Received _,
          DeviceEvent.Special _,
          DeviceEvent.Disconnected _,
          DeviceEvent.Log _,
          DeviceEvent.End _ ->
          "";
    };
  }
}
