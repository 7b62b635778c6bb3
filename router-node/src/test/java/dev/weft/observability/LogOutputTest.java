package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.weft.config.LogFormat;
import dev.weft.wamp.PrintableText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class LogOutputTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    private Logger logger(LogFormat format) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(LogOutput.encoder(format, "node-1", context));
        appender.setOutputStream(out);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        Logger logger = context.getLogger("dev.weft.example");
        logger.setLevel(Level.INFO);
        return logger;
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void limited() {
        RepeatLimit limit = new RepeatLimit(now::get);
        limit.start();
        context.addTurboFilter(limit);
    }

    @Test
    void jsonHasOneObjectOnEachLineWithFixedNamesAndThoseOfTheEvent() {
        Logger logger = logger(LogFormat.JSON);
        logger.atInfo()
                .addKeyValue("session", 12L)
                .addKeyValue("peer", "10.0.0.1:7")
                .log("aborted: \"{}\"\nand more", "x");
        logger.error("failed", new IllegalStateException("two\nlines"));

        assertThat(lines()).hasSize(2);
        Map<?, ?> first = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(lines().get(0));
        assertThat(first.keySet().stream().map(Object::toString))
                .containsExactly("ts", "level", "logger", "thread", "node", "msg", "session", "peer");
        assertThat(first.get("session")).isEqualTo(12);
        assertThat(first.get("node")).isEqualTo("node-1");
        assertThat(first.get("msg")).isEqualTo("aborted: \"x\"\nand more");
        Map<?, ?> second = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(lines().get(1));
        assertThat(second.get("err")).isEqualTo("java.lang.IllegalStateException: two\nlines");
        assertThat(second.get("stack").toString()).contains("at dev.weft.observability.LogOutputTest");
    }

    @Test
    void textIsOneLineForEachEventWhateverAClientPutIntoIt() {
        Logger logger = logger(LogFormat.TEXT);
        logger.atInfo().addKeyValue("session", 12).log("aborted: {}", "a\r\n2026-01-01 ERROR forged");
        logger.info("plain");
        logger.error("failed", new IllegalStateException("why"));

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).endsWith("aborted: a 2026-01-01 ERROR forged session=12");
        assertThat(lines().get(1)).endsWith("- plain");
        assertThat(lines().get(2)).contains("failed", "java.lang.IllegalStateException: why | at dev.weft");
    }

    @Test
    void whatClientsHaveWrittenDoesNothingToTheTerminal() {
        String hostile = "a\u001b]0;owned\u0007\u009b2J\u202eb\u0000";
        for (LogFormat format : LogFormat.values()) {
            logger(format).atInfo().addKeyValue("peer", hostile).log("{} said", hostile, new IOException(hostile));
        }
        assertThat(lines()).hasSizeGreaterThanOrEqualTo(2).allMatch(PrintableText::is);
        assertThat(lines().get(0)).contains("]0;owned").contains("said").contains("peer=");
    }

    @Test
    void aWarningThatRepeatsItselfIsCutAndTheRestIsCounted() {
        Logger logger = logger(LogFormat.TEXT);
        limited();
        for (int i = 0; i < 500; i++) {
            logger.warn("number {} is wrong", i);
        }
        logger.warn("something else");
        assertThat(lines()).hasSize(RepeatLimit.MOST_WARNINGS + 1);

        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        logger.warn("something else");
        assertThat(lines().get(RepeatLimit.MOST_WARNINGS + 1))
                .endsWith("left out 490 more of dev.weft.example: number {} is wrong");
        logger.warn("number {} is wrong", 501);
        assertThat(lines()).last().asString().endsWith("number 501 is wrong");
    }

    @Test
    void whatIsNotLoggedAnywayIsNotCounted() {
        Logger logger = logger(LogFormat.TEXT);
        logger.setLevel(Level.ERROR);
        limited();
        for (int i = 0; i < 500; i++) {
            logger.warn("not heard");
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        logger.error("heard");
        assertThat(lines()).hasSize(1);
    }
}
