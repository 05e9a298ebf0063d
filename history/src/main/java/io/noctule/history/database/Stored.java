package io.noctule.history.database;

/**
 * What became of a batch.
 *
 * @param messages messages written
 * @param readings readings written
 * @param known messages that were there already: delivered again, or retained by the broker
 * @param readingsOverLimit readings left out since they would have needed too many series
 * @param messagesOverLimit messages filed under {@link HistoryLimits#OTHER_DEVICES}
 */
public record Stored(
    int messages, int readings, int known, int readingsOverLimit, int messagesOverLimit) {}
