/**
 * The files of users and rules as files: what is wrong where ({@link
 * io.noctule.access.file.FileFault}), whether one has changed, and how one is rewritten so that
 * nobody ever sees half of it. Owns no state but that of a watch, which is one thread's.
 */
@NullMarked
package io.noctule.access.file;

import org.jspecify.annotations.NullMarked;
