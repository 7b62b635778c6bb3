package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a proxy tells whose connection it passes on (HAProxy, "The PROXY protocol", versions 1 and 2).
 *
 * @param length octets of the header
 * @param client whom the proxy speaks for; null if it speaks for itself, as in a health check, or does not know
 */
record ProxyHeader(int length, @Nullable InetSocketAddress client) {
    /** The longest header that is read; the addresses take 232 octets at most, what follows is not looked at. */
    static final int LONGEST = 4096;

    private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_VERSION_1 = 107;
    private static final byte[] VERSION_2 = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int FIXED_PART = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_4 = 0x11;
    private static final int TCP_6 = 0x21;
    private static final int UNIX_STREAM = 0x31;
    private static final int UNIX_ADDRESSES = 216;

    /** What was sent is no header of the PROXY protocol. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String fault;

        Malformed(String fault) {
            super(fault, null, false, false);
            this.fault = fault;
        }

        String fault() {
            return fault;
        }
    }

    /**
     * Reads a header from the beginning of what is readable, which stays as it is.
     *
     * @return null if more has to come first
     */
    static @Nullable ProxyHeader read(ByteBuf in) throws Malformed {
        if (begins(in, VERSION_1)) {
            return in.readableBytes() < VERSION_1.length ? null : version1(in);
        }
        if (!begins(in, VERSION_2)) {
            throw new Malformed("the connection does not begin with a PROXY header");
        }
        return in.readableBytes() < FIXED_PART ? null : version2(in);
    }

    /** Whether what is there is the prefix, or the beginning of it. */
    private static boolean begins(ByteBuf in, byte[] prefix) {
        int length = Math.min(in.readableBytes(), prefix.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ProxyHeader version1(ByteBuf in) throws Malformed {
        int most = Math.min(in.readableBytes(), LONGEST_VERSION_1);
        int end = in.bytesBefore(most, (byte) '\n');
        if (end < 0) {
            if (most == LONGEST_VERSION_1) {
                throw new Malformed("a PROXY header of more than " + LONGEST_VERSION_1 + " octets");
            }
            return null;
        }
        String line = in.toString(in.readerIndex(), end, StandardCharsets.ISO_8859_1);
        String[] words = line.split(" ", -1);
        if (!line.endsWith("\r")) {
            throw new Malformed("a PROXY header that does not end with CR LF");
        }
        if (line.strip().equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return new ProxyHeader(end + 1, null);
        }
        boolean tcp4 = words[1].equals("TCP4");
        if (words.length != 6 || !(tcp4 || words[1].equals("TCP6"))) {
            throw new Malformed("a PROXY header that is neither TCP4, TCP6 nor UNKNOWN");
        }
        address(words[3], tcp4);
        port(words[5].strip());
        return new ProxyHeader(end + 1, new InetSocketAddress(address(words[2], tcp4), port(words[4])));
    }

    private static InetAddress address(String text, boolean tcp4) throws Malformed {
        boolean valid = tcp4
                ? NetUtil.isValidIpV4Address(text)
                : NetUtil.isValidIpV6Address(text) && text.indexOf('%') < 0 && text.indexOf('[') < 0;
        if (!valid) {
            throw new Malformed("a PROXY header with an address that is none");
        }
        return address(NetUtil.createByteArrayFromIpAddressString(text));
    }

    private static InetAddress address(byte[] bytes) throws Malformed {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new Malformed("a PROXY header with an address that is none");
        }
    }

    private static int port(String text) throws Malformed {
        if (!text.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xFFFF) {
            throw new Malformed("a PROXY header with a port that is none");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable ProxyHeader version2(ByteBuf in) throws Malformed {
        int at = in.readerIndex();
        int command = in.getUnsignedByte(at + VERSION_2.length);
        int family = in.getUnsignedByte(at + VERSION_2.length + 1);
        int length = FIXED_PART + in.getUnsignedShort(at + VERSION_2.length + 2);
        if (command != LOCAL && command != PROXY) {
            throw new Malformed("a PROXY header of another version or command");
        }
        if (length > LONGEST) {
            throw new Malformed("a PROXY header of more than " + LONGEST + " octets");
        }
        if (command == PROXY && length < FIXED_PART + addressesOf(family)) {
            throw new Malformed("a PROXY header that is too short for its addresses");
        }
        if (in.readableBytes() < length) {
            return null;
        }
        boolean tells = command == PROXY && (family == TCP_4 || family == TCP_6);
        return new ProxyHeader(length, tells ? client(in, at + FIXED_PART, family == TCP_4 ? 4 : 16) : null);
    }

    /** Octets of the addresses of a family. */
    private static int addressesOf(int family) throws Malformed {
        return switch (family) {
            case UNSPECIFIED -> 0;
            case TCP_4 -> 12;
            case TCP_6 -> 36;
            case UNIX_STREAM -> UNIX_ADDRESSES;
            default -> throw new Malformed("a PROXY header for what is no stream");
        };
    }

    private static InetSocketAddress client(ByteBuf in, int at, int octets) throws Malformed {
        byte[] source = new byte[octets];
        in.getBytes(at, source);
        return new InetSocketAddress(address(source), in.getUnsignedShort(at + 2 * octets));
    }
}
