package dev.weft.wamp.codec.ubjson;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.BinaryReader;
import dev.weft.wamp.codec.token.CountedFrames;
import dev.weft.wamp.codec.token.Token;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * UBJSON, draft 12 of its specification, with counted and strongly typed lists and dicts. A strongly typed list of uint8 is
 * binary, but where the message itself must have a list: its encoder may have found that all arguments are small.
 */
public final class UbjsonReader extends BinaryReader {
    /** The longest number of high precision, in characters; as in JSON. */
    private static final int LONGEST_NUMBER = 1024;

    /** The longest strongly typed list whose elements are nothing but their type, and so take no bytes. */
    private static final int LONGEST_WITHOUT_DATA = 4096;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int NO_OPERATION = 'N';
    private static final int UINT8 = 'U';
    private static final byte ANY = 0;
    private static final String TYPES = "ZTFiUIlLdDHCS[{";
    private static final String WITHOUT_DATA = "ZTF";

    /** The type that all values of an open list or dict have, or {@link #ANY}; beside {@link #frames}. */
    private byte[] types = new byte[frames.length];

    @Override
    public Token next() throws ProtocolViolation {
        long frame = frames[depth];
        if (frame < CountedFrames.VALUE || atEnd(frame)) {
            depth--;
            return Token.END;
        }
        return element(frame);
    }

    @Override
    public void skipRest() throws ProtocolViolation {
        int floor = depth;
        while (depth >= floor) {
            long frame = frames[depth];
            if (frame < CountedFrames.VALUE || atEnd(frame)) {
                depth--;
            } else {
                element(frame);
            }
        }
    }

    private boolean atEnd(long frame) throws ProtocolViolation {
        if (!CountedFrames.isUncounted(frame)) {
            return false;
        }
        skipNoOperations();
        char mark = CountedFrames.isDict(frame) ? '}' : ']';
        if (CountedFrames.mayEnd(frame) && at(mark)) {
            return true;
        }
        admit(1);
        return false;
    }

    private Token element(long frame) throws ProtocolViolation {
        frames[depth] = frame - CountedFrames.VALUE;
        tokenStart = position;
        if (CountedFrames.atKey(frame)) {
            skipNoOperations();
            return string(length());
        }
        byte type = types[depth];
        if (type != ANY) {
            return value(type);
        }
        skipNoOperations();
        return value(read8());
    }

    private void skipNoOperations() {
        while (position < end && bytes[position] == NO_OPERATION) {
            position++;
        }
    }

    /** Whether {@code mark} comes next, which is taken then. */
    private boolean at(char mark) {
        if (position < end && bytes[position] == mark) {
            position++;
            return true;
        }
        return false;
    }

    private Token value(int type) throws ProtocolViolation {
        return switch (type) {
            case 'Z' -> Token.NULL;
            case 'T' -> Token.TRUE;
            case 'F' -> Token.FALSE;
            case 'd' -> floating(Float.intBitsToFloat(read32()));
            case 'D' -> floating(Double.longBitsToDouble(read64()));
            case 'H' -> highPrecision();
            case 'C' -> character();
            case 'S' -> string(length());
            case '[' -> open(Token.LIST);
            case '{' -> open(Token.DICT);
            default -> integer(integerOf(type));
        };
    }

    private long integerOf(int type) throws ProtocolViolation {
        return switch (type) {
            case 'i' -> (byte) read8();
            case UINT8 -> read8();
            case 'I' -> (short) read16();
            case 'l' -> read32();
            case 'L' -> read64();
            default -> throw violation("a type that UBJSON does not have here");
        };
    }

    /** A length or a number of values. */
    private long length() throws ProtocolViolation {
        long length = integerOf(read8());
        if (length < 0) {
            throw violation("a length below zero");
        }
        if (length > Integer.MAX_VALUE) {
            throw violation("the message ends too early");
        }
        return length;
    }

    private Token character() throws ProtocolViolation {
        if (read8() > 0x7f) {
            throw violation("a character that is not ASCII");
        }
        position--;
        takeText(1);
        return Token.STRING;
    }

    private Token highPrecision() throws ProtocolViolation {
        long length = length();
        if (length > LONGEST_NUMBER) {
            throw violation("a number is longer than " + LONGEST_NUMBER + " characters");
        }
        need(length);
        String number = new String(bytes, position, (int) length, StandardCharsets.ISO_8859_1);
        if (!NUMBER.matcher(number).matches()) {
            throw violation("a number of high precision that is not one of JSON");
        }
        position += (int) length;
        if (number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return floating(Double.parseDouble(number));
        }
        BigInteger value = new BigInteger(number);
        if (value.bitLength() < Long.SIZE) {
            return integer(value.longValue());
        }
        bigInteger = value;
        return Token.BIG_INTEGER;
    }

    private Token open(Token kind) throws ProtocolViolation {
        if (at('$')) {
            int type = read8();
            if (TYPES.indexOf(type) < 0) {
                throw violation("a type that UBJSON does not have here");
            }
            if (!at('#')) {
                throw violation("a strongly typed list or dict without its size");
            }
            return kind == Token.DICT ? dict((byte) type, length()) : list((byte) type, length());
        }
        if (at('#')) {
            return kind == Token.DICT ? dict(ANY, length()) : list(ANY, length());
        }
        open(kind == Token.DICT ? CountedFrames.uncountedDict() : CountedFrames.uncountedList());
        typed(ANY);
        size = UNKNOWN_SIZE;
        return kind;
    }

    private Token list(byte type, long length) throws ProtocolViolation {
        int ofTheMessage = strict ? 1 : 0;
        if (type == UINT8 && depth > ofTheMessage) {
            return binary(length);
        }
        if (WITHOUT_DATA.indexOf(type) < 0) {
            openList(length);
        } else {
            openWithoutData(length);
        }
        typed(type);
        return Token.LIST;
    }

    private void openWithoutData(long length) throws ProtocolViolation {
        if (length > LONGEST_WITHOUT_DATA) {
            throw violation("more than " + LONGEST_WITHOUT_DATA + " values that take no bytes");
        }
        admit((int) length);
        open(CountedFrames.list(length));
        size = (int) length;
    }

    private Token dict(byte type, long length) throws ProtocolViolation {
        openDict(length);
        typed(type);
        return Token.DICT;
    }

    private void typed(byte type) {
        if (depth >= types.length) {
            types = Arrays.copyOf(types, frames.length);
        }
        types[depth] = type;
    }
}
