package io.noctule.console.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import io.noctule.console.session.Person;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one message as a person, on a connection of its own, so that the broker checks the
 * person's rights and knows who it was. Any thread; blocks.
 */
public final class PersonalPublisher {
  private static final long LIMIT_SECONDS = 5;

  private final BrokerEndpoint endpoint;
  private final BrokerCredentials credentials;

  /** A publisher to one broker. */
  public PersonalPublisher(BrokerEndpoint endpoint, BrokerCredentials credentials) {
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * Publishes at QoS 1 and waits for the broker's acknowledgement.
   *
   * @throws ProblemException 403 where the person may not, 503 where the broker does not answer
   */
  public void publish(Person person, String topic, byte[] payload) {
    if (!person.mayPublish(topic) || (!credentials.personal() && !person.isAdmin())) {
      throw new ProblemException(forbidden(person, topic));
    }
    Mqtt5AsyncClient client = client();
    try {
      await(client.connectWith().simpleAuth(simpleAuth(credentials.forPerson(person))).send());
      await(client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send());
    } catch (ExecutionException e) {
      throw new ProblemException(problem(person, topic, e.getCause()));
    } catch (TimeoutException _) {
      throw new ProblemException(
          Problem.unavailable(
              "The broker at %s did not answer within %d s.".formatted(endpoint, LIMIT_SECONDS)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("The console is ending."));
    } finally {
      client.disconnect().exceptionally(_ -> null);
    }
  }

  private Mqtt5AsyncClient client() {
    return Mqtt5Client.builder()
        .identifier("noctule-console-" + UUID.randomUUID().toString().substring(0, 13))
        .transportConfig(endpoint.transport())
        .executorConfig()
        .nettyThreads(1)
        .applyExecutorConfig()
        .buildAsync();
  }

  private static @Nullable Mqtt5SimpleAuth simpleAuth(Account account) {
    if (account.user() == null) {
      return null;
    }
    var builder = Mqtt5SimpleAuth.builder().username(account.user());
    return account.password() == null
        ? builder.build()
        : builder.password(account.password().getBytes(StandardCharsets.UTF_8)).build();
  }

  private static <T> void await(CompletableFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    var _ = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private Problem problem(Person person, String topic, @Nullable Throwable cause) {
    if (cause instanceof Mqtt5PubAckException refused
        && refused.getMqttMessage().getReasonCode() == Mqtt5PubAckReasonCode.NOT_AUTHORIZED) {
      return forbidden(person, topic);
    }
    return Problem.unavailable(
        "The broker at %s did not take the message: %s."
            .formatted(endpoint, cause == null ? "no reason given" : cause.getMessage()));
  }

  private static Problem forbidden(Person person, String topic) {
    return Problem.forbidden("%s may not publish to %s.".formatted(person.name(), topic));
  }
}
