/**
 * The web console: {@link io.noctule.console.ConsoleService} serves an HTTP API below {@code
 * /api/v1}, the page that uses it, and the page's MQTT connection. It knows the broker by MQTT
 * alone, so that it also works beside another one.
 */
@NullMarked
package io.noctule.console;

import org.jspecify.annotations.NullMarked;
