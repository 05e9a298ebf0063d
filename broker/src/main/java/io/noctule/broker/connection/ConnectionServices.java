package io.noctule.broker.connection;

import io.noctule.broker.access.Authenticator;
import io.noctule.broker.access.Authorizer;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.observe.EventLog;
import io.noctule.broker.session.SessionServices;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of one loop work with.
 *
 * @param sessions what that loop's sessions work with
 * @param frames wire forms of the publication being fanned out on that loop
 * @param authenticator decides who may connect
 * @param authorizer decides on topics
 * @param events what the operator is told
 * @param open the connections of that loop
 * @param reviews how often clients have been, or are being, looked at again; the same of all loops
 */
public record ConnectionServices(
    SessionServices sessions,
    FrameCache frames,
    Authenticator authenticator,
    Authorizer authorizer,
    EventLog events,
    OpenConnections open,
    AtomicLong reviews) {}
