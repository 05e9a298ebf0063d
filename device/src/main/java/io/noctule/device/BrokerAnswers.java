package io.noctule.device;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5UnsubAckException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import io.noctule.tls.context.ClientTls;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Puts the client library's exceptions into the words of this module. */
final class BrokerAnswers {
  /** CONNACK return codes of MQTT 3.1.1 that stay until somebody changes the configuration. */
  private static final Set<Integer> LASTING_RETURN_CODES = Set.of(1, 2, 4, 5);

  /**
   * The same of MQTT 5: version, identifier, credentials, authorisation, ban, authentication
   * method.
   */
  private static final Set<Integer> LASTING_REASON_CODES = Set.of(132, 133, 134, 135, 138, 140);

  private BrokerAnswers() {}

  /** The future without its value, and with the exceptions of this module. */
  static CompletableFuture<Void> done(CompletableFuture<?> future) {
    return translated(future.thenAccept(_ -> {}));
  }

  /** The future with the exceptions of this module. */
  static <T> CompletableFuture<T> translated(CompletableFuture<T> future) {
    return future.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(translate(bare(failure))));
  }

  private static Throwable translate(Throwable failure) {
    return switch (failure) {
      case MqttSessionExpiredException e -> new ConnectionLostException(e);
      case ConnectionClosedException e -> new ConnectionLostException(e);
      case MqttClientStateException e -> new ConnectionLostException(e);
      case Mqtt5PubAckException e -> refused("the message", e.getMqttMessage().getReasonCode(), e);
      case Mqtt5PubRecException e -> refused("the message", e.getMqttMessage().getReasonCode(), e);
      case Mqtt5SubAckException e ->
          refused("the subscription", e.getMqttMessage().getReasonCodes().getFirst(), e);
      case Mqtt5UnsubAckException e ->
          refused("to end the subscription", e.getMqttMessage().getReasonCodes().getFirst(), e);
      case Mqtt3SubAckException e ->
          new DeviceException(
              "the broker refused the subscription with code 128 (failure)", 128, e);
      default -> failure;
    };
  }

  private static DeviceException refused(String what, Mqtt5ReasonCode code, Throwable cause) {
    return new DeviceException(
        "the broker refused %s with code %d (%s)"
            .formatted(what, code.getCode(), words(code.toString())),
        code.getCode(),
        cause);
  }

  /**
   * Why the future of {@link MqttConnection#connect} failed.
   *
   * @param tls of the connection; null where it has none
   */
  static ConnectFailure connectFailure(Throwable failure, @Nullable ClientTls tls) {
    Throwable cause = bare(failure);
    return switch (cause) {
      case Mqtt5ConnAckException e -> {
        var code = e.getMqttMessage().getReasonCode();
        yield new ConnectFailure.Refused(
            code.getCode(), words(code.name()), !LASTING_REASON_CODES.contains(code.getCode()));
      }
      case Mqtt3ConnAckException e -> {
        var code = e.getMqttMessage().getReturnCode();
        yield new ConnectFailure.Refused(
            code.getCode(), words(code.name()), !LASTING_RETURN_CODES.contains(code.getCode()));
      }
      // Certificates stay as they are until somebody changes them.
      default ->
          Optional.ofNullable(tls)
              .flatMap(secured -> secured.explain(cause))
              .map(text -> new ConnectFailure.Unreachable(text, false))
              .orElseGet(() -> new ConnectFailure.Unreachable(unreachable(root(cause))));
    };
  }

  /**
   * Whether a broker that speaks only an older version may have caused the failure: it says so in
   * CONNACK, in a form that MQTT 5 cannot decode, or closes the connection.
   */
  static boolean mayBeTheVersion(Throwable failure) {
    return switch (bare(failure)) {
      case Mqtt5ConnAckException e -> e.getMqttMessage().getReasonCode().getCode() == 132;
      case ConnectionLostException _ -> true;
      case MqttDecodeException _ -> true;
      case Mqtt5DisconnectException e -> root(e) instanceof MqttDecodeException;
      case Throwable e -> root(e) instanceof MqttDecodeException;
    };
  }

  private static String unreachable(Throwable cause) {
    String message = oneLine(cause);
    return switch (cause) {
      case UnknownHostException _ -> "unknown host";
      case NoRouteToHostException _ -> "no route to the host";
      case ConnectException _ when message.contains("refused") -> "connection refused";
      case ConnectException _ when message.contains("timed out") -> "no answer";
      case MqttDecodeException _ -> "what answers there does not speak MQTT (" + message + ")";
      case ConnectionClosedException _ -> "the connection was closed before CONNECT was answered";
      default -> message;
    };
  }

  /** Why a connection ended. */
  static DisconnectReason disconnectReason(MqttClientDisconnectedContext context) {
    return switch (context.getCause()) {
      case Mqtt5DisconnectException e -> {
        var code = e.getMqttMessage().getReasonCode();
        yield new DisconnectReason(code.getCode(), words(code.name()));
      }
      case ConnectionClosedException e
          when context.getSource() == MqttDisconnectSource.CLIENT
              && oneLine(e).contains("PINGRESP") ->
          new DisconnectReason(DisconnectReason.KEEP_ALIVE_TIMEOUT, "keep-alive timeout");
      case Throwable _ -> new DisconnectReason(DisconnectReason.CONNECTION_LOST, "connection lost");
    };
  }

  /** The failure without the wrappers that futures put around it. */
  static Throwable bare(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? bare(failure.getCause())
        : failure;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }

  private static String words(String constantName) {
    return constantName.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
