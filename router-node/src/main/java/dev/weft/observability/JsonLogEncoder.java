package dev.weft.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.weft.config.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * An event of the log as one line of JSON: {@code ts}, {@code level}, {@code logger}, {@code thread}, {@code node} and
 * {@code msg} in any case, {@code err} and {@code stack} if something was thrown, and what the event says of itself by
 * name, such as {@code session}, {@code peer} or {@code close_reason}.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private final String node;

    /** @param node the name of this node */
    JsonLogEncoder(String node) {
        this.node = node;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ts", event.getInstant().toString());
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        fields.put("logger", event.getLoggerName());
        fields.put("thread", event.getThreadName());
        fields.put("node", node);
        fields.put("msg", event.getFormattedMessage());
        List<KeyValuePair> named = event.getKeyValuePairs();
        if (named != null) {
            named.forEach(pair -> fields.putIfAbsent(pair.key, simple(pair.value)));
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.put("err", thrown.getClassName() + ": " + thrown.getMessage());
            fields.put("stack", ThrowableProxyUtil.asString(thrown));
        }
        return (JsonText.line(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Object simple(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }
}
