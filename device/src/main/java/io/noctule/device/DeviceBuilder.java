package io.noctule.device;

import com.hivemq.client.mqtt.datatypes.MqttClientIdentifier;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a device. Every value has a default: {@code Device.builder().build()} is a device of
 * the broker on this machine. Methods throw {@link IllegalArgumentException} where a value is out
 * of range, and may be called by one thread at a time.
 */
public final class DeviceBuilder {
  private static final int MAX_KEEP_ALIVE_SECONDS = 65_535;

  private BrokerAddress broker = new BrokerAddress("127.0.0.1", BrokerAddress.DEFAULT_PORT);
  private @Nullable ClientTls tls;
  private @Nullable String id;
  private @Nullable Credentials credentials;
  private ProtocolVersion version = ProtocolVersion.AUTO;
  private int keepAliveSeconds = 60;
  private @Nullable Will will;
  private long sessionExpirySeconds;
  private int maxUnsentMessages = 1_000;
  private long maxUnsentBytes = 16 << 20;
  private RandomGenerator random = RandomGenerator.getDefault();
  private DelayTimer timer = DelayTimer.SYSTEM;

  private final List<Consumer<Device>> onConnect = new ArrayList<>();
  private final List<Consumer<ConnectFailure>> onConnectFailure = new ArrayList<>();
  private final List<MessageHandler> onMessage = new ArrayList<>();
  private final List<Consumer<DisconnectReason>> onDisconnect = new ArrayList<>();
  private final List<Consumer<String>> onLog = new ArrayList<>();
  private final Map<String, MessageHandler> words = new HashMap<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  DeviceBuilder() {}

  /**
   * The broker as {@code HOST[:PORT]} or, secured by TLS, as {@code mqtts://HOST[:PORT]}, see
   * {@link BrokerAddress#parse}. Default: 127.0.0.1:1883.
   */
  public DeviceBuilder broker(String address) {
    broker = BrokerAddress.parse(address);
    return this;
  }

  /**
   * The broker.
   *
   * @param host name or address; an IPv6 address without brackets
   * @param port 1 to 65535
   */
  public DeviceBuilder broker(String host, int port) {
    broker = new BrokerAddress(host, port);
    return this;
  }

  /**
   * Secures the connection by TLS, whatever the broker's address says. Default: for an address with
   * {@code mqtts://} TLS that trusts the authorities of this system, else none.
   */
  public DeviceBuilder tls(ClientTls tls) {
    this.tls = tls;
    return this;
  }

  /**
   * The client identifier, 1 to 65,535 bytes; each device needs its own. Default: one drawn at
   * random.
   */
  public DeviceBuilder id(String id) {
    require(!id.isEmpty(), "the client identifier must not be empty");
    MqttClientIdentifier.of(id);
    this.id = id;
    return this;
  }

  /** User name, without password. Default: none. */
  public DeviceBuilder credentials(String user) {
    credentials = new Credentials(user, null);
    return this;
  }

  /** User name and password. Default: none. */
  public DeviceBuilder credentials(String user, String password) {
    credentials = new Credentials(user, password);
    return this;
  }

  /** The MQTT version. Default: {@link ProtocolVersion#AUTO}. */
  public DeviceBuilder version(ProtocolVersion version) {
    this.version = version;
    return this;
  }

  /**
   * How long the connection may be silent before the device asks the broker whether it is there: 0
   * (never) to 65535 s. Default: 60 s.
   */
  public DeviceBuilder keepAlive(Duration keepAlive) {
    long seconds = keepAlive.toSeconds();
    require(
        seconds >= 0 && seconds <= MAX_KEEP_ALIVE_SECONDS,
        "the keep-alive time must be 0 to 65535 seconds, was " + seconds);
    keepAliveSeconds = (int) seconds;
    return this;
  }

  /** The message of {@link #will(String, byte[], int, boolean)} as a text in UTF-8. */
  public DeviceBuilder will(String topic, String text, int qos, boolean retain) {
    return will(topic, text.getBytes(StandardCharsets.UTF_8), qos, retain);
  }

  /**
   * What the broker publishes for the device where the connection ends without DISCONNECT: when the
   * network or the process fails. {@link Device#close} takes leave, and then nothing is published.
   * Default: nothing.
   *
   * @param topic a topic name, without wildcards
   * @param payload the bytes, copied, 65,535 at most
   * @param qos 0, 1 or 2
   * @param retain whether the broker shall keep it for later subscribers
   */
  public DeviceBuilder will(String topic, byte[] payload, int qos, boolean retain) {
    requireTopicName(topic);
    requireQos(qos);
    require(
        payload.length <= Will.MAX_PAYLOAD_BYTES,
        "the will must have at most %d bytes, was %d"
            .formatted(Will.MAX_PAYLOAD_BYTES, payload.length));
    will = new Will(topic, payload.clone(), qos, retain);
    return this;
  }

  /**
   * Asks the broker to keep the session of this client identifier while the device is away:
   * messages of QoS 1 and 2 for its subscriptions wait there, also while its process does not run.
   * Needs an {@link #id} that stays the same. Subscriptions of an earlier process stay until {@link
   * Device#unsubscribe} ends them. Such a device publishes at QoS 0 and 1 only: after the end of
   * its process nobody knows which packet identifiers of QoS 2 the broker still holds, and a new
   * message under one of them would be taken for an old one. Default: a clean session.
   *
   * @param expiry how long the broker keeps it, from one second; longer than 136 years is for ever.
   *     A broker of MQTT 3.1.1 is not told and decides itself.
   */
  public DeviceBuilder persistentSession(Duration expiry) {
    long seconds = expiry.toSeconds();
    require(seconds >= 1, "the session expiry must be at least one second, was " + expiry);
    sessionExpirySeconds = Math.min(seconds, DeviceSettings.NEVER_SECONDS);
    return this;
  }

  /**
   * How much may wait to be sent or acknowledged; beyond it {@link Device#publish} refuses.
   * Default: 1,000 messages and 16 MiB.
   *
   * @param messages at least 1
   * @param bytes of all payloads together, at least 1
   */
  public DeviceBuilder maxUnsent(int messages, long bytes) {
    require(
        messages >= 1 && bytes >= 1, "at least one message of one byte must be allowed to wait");
    maxUnsentMessages = messages;
    maxUnsentBytes = bytes;
    return this;
  }

  /** Subscribes on each connection, as {@link Device#subscribe} does. */
  public DeviceBuilder subscribe(String filter, int qos) {
    requireTopicFilter(filter);
    requireQos(qos);
    subscriptions.add(new Subscription(filter, qos));
    return this;
  }

  /** Called on each connection, once the broker has accepted it and answered the subscriptions. */
  public DeviceBuilder onConnect(Consumer<Device> handler) {
    onConnect.add(handler);
    return this;
  }

  /** Called when an attempt to connect failed; another one follows by itself. */
  public DeviceBuilder onConnectFailure(Consumer<ConnectFailure> handler) {
    onConnectFailure.add(handler);
    return this;
  }

  /** Called for each message. */
  public DeviceBuilder onMessage(MessageHandler handler) {
    onMessage.add(handler);
    return this;
  }

  /**
   * Called for each message whose {@linkplain Message#word word} is this one, after the handlers of
   * {@link #onMessage}: {@code {"msg":"ON"}} or plain {@code ON} for the word {@code ON}. One
   * handler for each word: the last one set.
   */
  public DeviceBuilder on(String word, MessageHandler handler) {
    words.put(word, handler);
    return this;
  }

  /** Called when a connection that had been announced by {@link #onConnect} has ended. */
  public DeviceBuilder onDisconnect(Consumer<DisconnectReason> handler) {
    onDisconnect.add(handler);
    return this;
  }

  /**
   * Called with a line for each packet and event, for debugging; beyond 1,000 that wait, lines are
   * dropped.
   */
  public DeviceBuilder onLog(Consumer<String> handler) {
    onLog.add(handler);
    return this;
  }

  /** The source of randomness for identifiers and waits. */
  DeviceBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /** What runs tasks later. */
  DeviceBuilder timer(DelayTimer timer) {
    this.timer = timer;
    return this;
  }

  /**
   * The device, not connected yet. Its values stay as they are; the builder may go on to describe
   * another one.
   */
  public Device build() {
    require(
        sessionExpirySeconds == 0 || id != null,
        "a persistent session needs an id, under which the broker finds it again");
    var settings =
        new DeviceSettings(
            tls == null ? broker : new BrokerAddress(broker.host(), broker.port(), true),
            tls == null && broker.tls() ? ClientTls.of(Trust.system()) : tls,
            id == null ? "noctule-" + HexFormat.of().toHexDigits(random.nextInt()) : id,
            credentials,
            version,
            keepAliveSeconds,
            will,
            sessionExpirySeconds,
            maxUnsentMessages,
            maxUnsentBytes,
            random,
            timer);
    var handlers = new Handlers(onConnect, onConnectFailure, onMessage, onDisconnect, onLog, words);
    return new Device(
        settings,
        handlers,
        subscriptions.stream().map(s -> new Subscription(s.filter, s.qos)).toList());
  }

  /** Builds the device and connects it. */
  public Device connect() {
    Device device = build();
    device.connect();
    return device;
  }

  static void requireTopicName(String topic) {
    MqttTopic.of(topic);
  }

  static void requireTopicFilter(String filter) {
    MqttTopicFilter.of(filter);
  }

  static void requireQos(int qos) {
    require(qos >= 0 && qos <= 2, "QoS must be 0, 1 or 2, was " + qos);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
