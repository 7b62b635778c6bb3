package dev.weft.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose request a chain of HTTP proxies passes on. Each proxy appends to {@code X-Forwarded-For} whom it was asked by, so it
 * is read from the end, and what a proxy says is believed only if the proxy is. Anything may stand before that.
 */
public final class ForwardedFor {
    private ForwardedFor() {}

    /**
     * @param asking who sent the request to us
     * @param elements of the header, over all its lines
     * @return the client; null if a proxy that is believed says what is no address
     */
    public static @Nullable InetAddress client(
            InetAddress asking, List<String> elements, Predicate<InetAddress> believed) {
        InetAddress client = asking;
        for (int i = elements.size() - 1; i >= 0 && believed.test(client); i--) {
            InetAddress before = parse(elements.get(i));
            if (before == null) {
                return null;
            }
            client = before;
        }
        return client;
    }

    /** An address, with or without a port. Nothing is looked up. */
    private static @Nullable InetAddress parse(String element) {
        String text = element;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            text = end < 0 ? text : text.substring(1, end);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        byte[] bytes = text.contains("%") ? null : NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? null : address(bytes);
    }

    /** The address that has these 4 or 16 bytes. */
    public static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }
}
