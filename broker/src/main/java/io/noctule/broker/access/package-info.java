/**
 * The questions that the broker asks before it lets a client in, publish or subscribe, and the
 * plainest answers.
 *
 * <p>Read {@link io.noctule.broker.access.Authenticator} and {@link
 * io.noctule.broker.access.Authorizer} first.
 */
@NullMarked
package io.noctule.broker.access;

import org.jspecify.annotations.NullMarked;
