/**
 * {@code noctule demo}: a broker and two devices in one process, and each message shown as it
 * arrives. Read {@link io.noctule.app.demo.DemoCommand} first. Messages arrive on the devices'
 * threads; {@code MessageBoard} may be used by all of them.
 */
@NullMarked
package io.noctule.app.demo;

import org.jspecify.annotations.NullMarked;
