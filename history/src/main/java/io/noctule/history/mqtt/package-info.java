/**
 * As much of MQTT 3.1.1 as somebody needs who only listens: {@link
 * io.noctule.history.mqtt.Subscriber}. Our own because a recorder must see the packet identifier
 * and the DUP flag of each message, must acknowledge by hand and many at a time, and must not fail
 * on any topic. Knows TLS, and neither the database nor JSON.
 */
@NullMarked
package io.noctule.history.mqtt;

import org.jspecify.annotations.NullMarked;
