/**
 * The console's page in a browser, as a person uses it. The program that drives the browser is in
 * {@code src/test/js/console}; read {@link io.noctule.conformance.page.PageTest} first.
 */
@NullMarked
package io.noctule.conformance.page;

import org.jspecify.annotations.NullMarked;
