package io.noctule.device.action;

/**
 * How often actions were done.
 *
 * @param done to their end
 * @param failed tried in vain
 * @param dropped not tried, because too many came at once
 */
public record ActionCounts(long done, long failed, long dropped) {}
