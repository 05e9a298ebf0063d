import io.noctule.device.Device;

void main(String[] args) {
  Device.builder()
      .broker(args[0])
      .subscribe("servo", 1)
      .on("ON", (device, message) -> turn(90))
      .on("OFF", (device, message) -> turn(0))
      .connect();
}

void turn(int degrees) {
  IO.println("servo at " + degrees + " degrees");
}
