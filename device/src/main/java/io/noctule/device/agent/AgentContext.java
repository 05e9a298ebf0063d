package io.noctule.device.agent;

import io.noctule.device.Device;
import io.noctule.device.action.ActionContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What actions may use of an agent; told its device before the first message comes. */
final class AgentContext implements ActionContext {
  private final String deviceId;
  private volatile @Nullable Device device;

  AgentContext(String deviceId) {
    this.deviceId = deviceId;
  }

  void use(Device built) {
    device = built;
  }

  @Override
  public String deviceId() {
    return deviceId;
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload, int qos, boolean retain) {
    Device built = device;
    return built == null
        ? CompletableFuture.failedFuture(new IllegalStateException("the device is being made"))
        : built.publish(topic, payload, qos, retain);
  }
}
