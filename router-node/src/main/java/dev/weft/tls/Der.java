package dev.weft.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few elements of DER (ITU-T X.690) that a certificate is made of. */
final class Der {
    private static final int LAST_YEAR_OF_UTC_TIME = 2049;

    private Der() {}

    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            inner.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = inner.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >>> Byte.SIZE);
            out.write(length);
        }
        out.writeBytes(inner.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return element(0x31, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] octets(byte[] value) {
        return element(0x04, value);
    }

    /** @param unused how many bits of the last octet do not count */
    static byte[] bits(int unused, byte[] value) {
        return element(0x03, new byte[] {(byte) unused}, value);
    }

    static byte[] yes() {
        return element(0x01, new byte[] {(byte) 0xFF});
    }

    static byte[] utf8(String text) {
        return element(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param dotted such as {@code 2.5.29.17} */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write(0x80 | (arc >>> shift & 0x7F));
                }
            }
            out.write(arc & 0x7F);
        }
        return element(0x06, out.toByteArray());
    }

    /** As certificates write it (RFC 5280 section 4.1.2.5). */
    static byte[] time(Instant time) {
        boolean isShort = time.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR_OF_UTC_TIME;
        DateTimeFormatter form = DateTimeFormatter.ofPattern(isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'");
        String text = form.format(time.atOffset(ZoneOffset.UTC));
        return element(isShort ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }
}
