package io.noctule.conformance.standard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The conformance statements of the MQTT standard that a test proves, by their numbers in version
 * 5.0, such as {@code MQTT-3.3.1-5}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Normative {
  /** The numbers. */
  String[] value();
}
