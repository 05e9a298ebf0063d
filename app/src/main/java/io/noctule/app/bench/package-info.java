/**
 * The load generator behind {@code noctule bench}: publishers and subscribers on one event loop
 * thread that check each message for loss, order and duplication. Read {@link
 * io.noctule.app.bench.BenchCommand} first, then {@code LoadRun}. The state of a run belongs to its
 * event loop. Knows protocol and Netty, nothing of our broker: it loads any.
 */
@NullMarked
package io.noctule.app.bench;

import org.jspecify.annotations.NullMarked;
