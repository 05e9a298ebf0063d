/**
 * {@code noctule history}: {@link io.noctule.app.history.HistoryCommand}, and {@code noctule
 * history export}. {@link io.noctule.app.history.HistoryOptions} is shared with the commands that
 * start a history beside something else.
 */
@NullMarked
package io.noctule.app.history;

import org.jspecify.annotations.NullMarked;
