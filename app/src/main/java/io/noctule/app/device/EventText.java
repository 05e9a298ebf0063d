package io.noctule.app.device;

import static io.noctule.app.device.EventLines.line;

import io.noctule.device.action.ActionEvent;
import io.noctule.device.description.PatchResult;

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
      case DeviceEvent.Measured e -> line("Measured " + e.content());
      case DeviceEvent.Changed(PatchResult.Applied _, long revision) ->
          line("Configuration changed, revision " + revision);
      case DeviceEvent.Acted(ActionEvent e) when !failed(e) ->
          line("%s: %s".formatted(e.action(), e.text()));
      case DeviceEvent.SensorChanged e when e.error() == null ->
          line("Sensor %s works again".formatted(e.sensor()));
      case DeviceEvent.Refused e ->
          line("Bad connection returned code=%d (%s)".formatted(e.code(), e.name()));
      case DeviceEvent.Disconnected e -> line("Disconnected result code " + e.reason());
      case DeviceEvent.Log e -> line("log: " + e.line());
      case DeviceEvent.Unreachable _,
          DeviceEvent.Failed _,
          DeviceEvent.Changed _,
          DeviceEvent.Acted _,
          DeviceEvent.SensorChanged _,
          DeviceEvent.End _ ->
          "";
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
      case DeviceEvent.Changed(PatchResult.Refused refused, _) ->
          line(PROGRAM + "configuration change refused: " + String.join("; ", refused.reasons()));
      case DeviceEvent.Acted(ActionEvent e) when failed(e) ->
          line(PROGRAM + "%s: %s".formatted(e.action(), e.text()));
      case DeviceEvent.SensorChanged e when e.error() != null ->
          line(PROGRAM + "sensor %s: %s".formatted(e.sensor(), e.error()));
      case DeviceEvent.Refused e when quiet ->
          line(PROGRAM + "refused by the broker with code %d (%s)".formatted(e.code(), e.name()));
      case DeviceEvent.Refused _,
          DeviceEvent.Connecting _,
          DeviceEvent.Connected _,
          DeviceEvent.Sent _,
          DeviceEvent.Received _,
          DeviceEvent.Special _,
          DeviceEvent.Measured _,
          DeviceEvent.Changed _,
          DeviceEvent.Acted _,
          DeviceEvent.SensorChanged _,
          DeviceEvent.Disconnected _,
          DeviceEvent.Log _,
          DeviceEvent.End _ ->
          "";
    };
  }

  private static boolean failed(ActionEvent event) {
    return switch (event.outcome()) {
      case LOGGED, DONE -> false;
      case FAILED, DROPPED -> true;
    };
  }
}
