/**
 * Questions about what was recorded: {@link io.noctule.history.query.History}, for the console and
 * the export. Reads by connections of its own, which never hold up the writer.
 */
@NullMarked
package io.noctule.history.query;

import org.jspecify.annotations.NullMarked;
