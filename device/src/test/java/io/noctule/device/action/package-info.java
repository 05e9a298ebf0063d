/** Tests of conditions, templates and actions. */
@NullMarked
package io.noctule.device.action;

import org.jspecify.annotations.NullMarked;
