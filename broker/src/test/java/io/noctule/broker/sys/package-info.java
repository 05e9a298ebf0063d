@NullMarked
package io.noctule.broker.sys;

import org.jspecify.annotations.NullMarked;
