package io.noctule.device.program;

/**
 * What came of running a program.
 *
 * @param exitStatus as the program or, where it was killed, the system gave it
 * @param output the beginning of what it wrote to standard output and standard error, as UTF-8
 * @param truncated whether it wrote more than that
 * @param timedOut whether it was killed because its time was over
 */
public record ProgramResult(int exitStatus, String output, boolean truncated, boolean timedOut) {}
