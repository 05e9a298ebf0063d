package io.noctule.device;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The user's call-backs, frozen, each kind in the order of registration. */
record Handlers(
    List<Consumer<Device>> onConnect,
    List<Consumer<ConnectFailure>> onConnectFailure,
    List<MessageHandler> onMessage,
    List<Consumer<DisconnectReason>> onDisconnect,
    List<Consumer<String>> onLog,
    Map<String, MessageHandler> words) {
  Handlers {
    onConnect = List.copyOf(onConnect);
    onConnectFailure = List.copyOf(onConnectFailure);
    onMessage = List.copyOf(onMessage);
    onDisconnect = List.copyOf(onDisconnect);
    onLog = List.copyOf(onLog);
    words = Map.copyOf(words);
  }
}
