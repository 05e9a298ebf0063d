/**
 * A device that needs no programming: {@link io.noctule.device.agent.Agent} runs what a {@link
 * io.noctule.device.description.DeviceDescription} describes. It tells status and twin, obeys
 * changes of its configuration, sends its sensors' readings through a buffer on disk, and acts on
 * messages.
 *
 * <p>One thread of the agent ({@code AgentLoop}) owns configuration, twin and buffer; the device's
 * call-back thread hands messages over to it, the sampler's thread readings. What happens is told
 * as {@link io.noctule.device.agent.AgentEvent}s.
 */
@NullMarked
package io.noctule.device.agent;

import org.jspecify.annotations.NullMarked;
