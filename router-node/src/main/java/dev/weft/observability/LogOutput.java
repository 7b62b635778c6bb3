package dev.weft.observability;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.weft.config.LogFormat;
import dev.weft.wamp.PrintableText;
import org.slf4j.LoggerFactory;

/** How the log of this process is written: one event, one line, whatever a client had put into it. */
public final class LogOutput {
    /** Of the appender in logback.xml. Another configuration of logback is left as it is. */
    private static final String APPENDER = "STDERR";

    /**
     * Line breaks in what is told and in stack traces would make two events of one, and other such characters do as they
     * like with the terminal: U+FFFD stands for them.
     */
    private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{24} - "
            + "%replace(%replace(%msg%replace( %kvp{NONE}){'^ $', ''}){'[\\r\\n]+', ' '}"
            + "%replace(%ex){'[\\r\\n]+\\s*', ' | '}){'" + PrintableText.UNPRINTABLE + "', '\uFFFD'}%nopex%n";

    private LogOutput() {}

    /**
     * From now on lines have this format, and what repeats itself is limited.
     *
     * @param node the name of this node
     */
    public static void configure(LogFormat format, String node) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        limit(context);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(APPENDER) instanceof OutputStreamAppender<ILoggingEvent> appender) {
            Encoder<ILoggingEvent> encoder = encoder(format, node, context);
            appender.stop();
            appender.setEncoder(encoder);
            appender.start();
        }
    }

    private static void limit(LoggerContext context) {
        if (context.getTurboFilterList().stream().noneMatch(RepeatLimit.class::isInstance)) {
            RepeatLimit limit = new RepeatLimit(System::nanoTime);
            limit.setContext(context);
            limit.start();
            context.addTurboFilter(limit);
        }
    }

    static Encoder<ILoggingEvent> encoder(LogFormat format, String node, LoggerContext context) {
        EncoderBase<ILoggingEvent> encoder;
        if (format == LogFormat.JSON) {
            encoder = new JsonLogEncoder(node);
        } else {
            PatternLayoutEncoder pattern = new PatternLayoutEncoder();
            pattern.setPattern(TEXT);
            encoder = pattern;
        }
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
