package dev.weft.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that begin with the same bits, or one address.
 *
 * @param bits how many bits count, from the first
 */
public record AddressRange(InetAddress address, int bits) {
    /** From {@code 10.0.0.0/8}, {@code fd00::/8} or an address alone; null if it is none of these. Nothing is looked up. */
    static @Nullable AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (bytes == null || parts.length > 2 || parts[0].contains("%")) {
            return null;
        }
        int longest = bytes.length * Byte.SIZE;
        if (parts.length == 1) {
            return new AddressRange(addressOf(bytes), longest);
        }
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > longest) {
            return null;
        }
        return new AddressRange(addressOf(bytes), Integer.parseInt(parts[1]));
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    public boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] its = other.getAddress();
        if (own.length != its.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int mask = 0xFF00 >> bits % Byte.SIZE & 0xFF;
        return Arrays.equals(own, 0, whole, its, 0, whole) && (mask == 0 || (own[whole] & mask) == (its[whole] & mask));
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
