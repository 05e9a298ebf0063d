/**
 * The broker that a command works beside, wherever it is: {@link
 * io.noctule.app.remote.RemoteBroker}.
 */
@NullMarked
package io.noctule.app.remote;

import org.jspecify.annotations.NullMarked;
