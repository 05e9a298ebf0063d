package io.noctule.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Logs plain short lines on standard error. The level is that of the variable {@code NOCTULE_LOG}
 * (error, warn, info, debug, trace), info where it is not set. Found by Logback as a service; in
 * code rather than XML since that starts faster.
 */
public final class ConsoleLogging extends ContextAwareBase implements Configurator {
  private static final String LEVEL_VARIABLE = "NOCTULE_LOG";

  /** Made by Logback. */
  public ConsoleLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Level level = Level.toLevel(System.getenv(LEVEL_VARIABLE), Level.INFO);
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    // One line an event, unless there is a failure to look into.
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %msg%n");
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setName("console");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    root.setLevel(quiet(level));
    context.getLogger("io.noctule").setLevel(level);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Has only warnings logged from now on, unless a level was asked for. */
  public static void warningsOnly() {
    if (System.getenv(LEVEL_VARIABLE) == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("io.noctule").setLevel(Level.WARN);
    }
  }

  /** Libraries talk at warn and above only, unless everything is asked for. */
  private static Level quiet(Level level) {
    return level.isGreaterOrEqual(Level.WARN) || level.equals(Level.TRACE) ? level : Level.WARN;
  }
}
