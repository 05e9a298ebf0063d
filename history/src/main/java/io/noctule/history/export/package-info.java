/** The history as files for other programs: {@link io.noctule.history.export.CsvExport}. */
@NullMarked
package io.noctule.history.export;

import org.jspecify.annotations.NullMarked;
