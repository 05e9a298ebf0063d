/** Tests of the agent, over brokers, with processes that are killed. */
@NullMarked
package io.noctule.device.agent;

import org.jspecify.annotations.NullMarked;
