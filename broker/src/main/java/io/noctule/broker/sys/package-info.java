/**
 * The broker's own topics below {@code $SYS/broker}: {@link io.noctule.broker.sys.SysTopics}. Its
 * state is of the first event loop.
 */
@NullMarked
package io.noctule.broker.sys;

import org.jspecify.annotations.NullMarked;
