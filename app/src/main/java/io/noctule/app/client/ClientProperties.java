package io.noctule.app.client;

import io.noctule.app.client.PropertyOption.Identifier;
import io.noctule.app.client.PropertyOption.Target;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.UserProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code -D} options as the packets want them. Of a property given twice the last counts,
 * except user properties.
 *
 * @param options in the order typed
 */
record ClientProperties(List<PropertyOption> options) {

  private Stream<PropertyOption> of(Target target, Identifier identifier) {
    return options.stream()
        .filter(option -> option.packet() == target && option.identifier() == identifier);
  }

  private Optional<PropertyOption> last(Target target, Identifier identifier) {
    return of(target, identifier).reduce((a, b) -> b);
  }

  long number(Target target, Identifier identifier, long otherwise) {
    return last(target, identifier).map(PropertyOption::number).orElse(otherwise);
  }

  private @Nullable String text(Target target, Identifier identifier) {
    return last(target, identifier).map(PropertyOption::value).orElse(null);
  }

  private byte @Nullable [] bytes(Target target, Identifier identifier) {
    String text = text(target, identifier);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  List<UserProperty> userProperties(Target target) {
    return of(target, Identifier.USER_PROPERTY)
        .map(option -> new UserProperty(option.name(), option.value()))
        .toList();
  }

  /** Whether there is any for a packet. */
  boolean has(Target target) {
    return options.stream().anyMatch(option -> option.packet() == target);
  }

  Connect.Properties connect(long sessionExpirySeconds) {
    Connect.Properties usual = Connect.Properties.DEFAULT;
    return new Connect.Properties(
        number(Target.CONNECT, Identifier.SESSION_EXPIRY_INTERVAL, sessionExpirySeconds),
        (int) number(Target.CONNECT, Identifier.RECEIVE_MAXIMUM, usual.receiveMaximum()),
        number(Target.CONNECT, Identifier.MAXIMUM_PACKET_SIZE, usual.maximumPacketSize()),
        (int) number(Target.CONNECT, Identifier.TOPIC_ALIAS_MAXIMUM, usual.topicAliasMaximum()),
        number(Target.CONNECT, Identifier.REQUEST_RESPONSE_INFORMATION, 0) == 1,
        number(Target.CONNECT, Identifier.REQUEST_PROBLEM_INFORMATION, 1) == 1,
        userProperties(Target.CONNECT),
        text(Target.CONNECT, Identifier.AUTHENTICATION_METHOD),
        bytes(Target.CONNECT, Identifier.AUTHENTICATION_DATA));
  }

  /** The properties of a message: of PUBLISH, or of the will. */
  PublishProperties message(Target target) {
    return new PublishProperties(
        last(target, Identifier.PAYLOAD_FORMAT_INDICATOR)
            .map(format -> format.number() == 1 ? PayloadFormat.UTF_8 : PayloadFormat.BYTES)
            .orElse(PayloadFormat.ABSENT),
        number(target, Identifier.MESSAGE_EXPIRY_INTERVAL, PublishProperties.NEVER_EXPIRES),
        text(target, Identifier.RESPONSE_TOPIC),
        bytes(target, Identifier.CORRELATION_DATA),
        text(target, Identifier.CONTENT_TYPE),
        userProperties(target),
        List.of());
  }

  Disconnect disconnect() {
    return new Disconnect(
        ReasonCode.SUCCESS,
        last(Target.DISCONNECT, Identifier.SESSION_EXPIRY_INTERVAL)
            .map(PropertyOption::number)
            .orElse(null),
        null,
        userProperties(Target.DISCONNECT),
        null);
  }
}
