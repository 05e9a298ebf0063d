/**
 * {@code noctule node}: broker and device in one process, {@link io.noctule.app.node.NodeCommand}.
 */
@NullMarked
package io.noctule.app.node;

import org.jspecify.annotations.NullMarked;
