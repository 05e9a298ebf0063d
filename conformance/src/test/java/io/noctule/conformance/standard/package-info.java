/**
 * What the standard demands of a broker, seen from outside: one test a behaviour, tagged with the
 * statements that it proves.
 *
 * <p>Read {@link io.noctule.conformance.standard.BrokerConversation} first.
 */
@NullMarked
package io.noctule.conformance.standard;

import org.jspecify.annotations.NullMarked;
