package dev.weft.wamp.codec.cbor;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.BinaryReader;
import dev.weft.wamp.codec.token.CountedFrames;
import dev.weft.wamp.codec.token.Token;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * CBOR (RFC 8949), with counted and uncounted lists, dicts and strings. Bignums are integers; other tags are checked
 * and then ignored; undefined and unassigned simple values are read as null.
 */
public final class CborReader extends BinaryReader {
    /** The longest bignum: somewhat more than 1,000 decimal digits. */
    private static final int LONGEST_BIGNUM = 425;

    private static final int FIRST_SCRATCH = 64;
    private static final int BREAK = 0xff;
    private static final int UNCOUNTED = 31;
    private static final int BINARY_TYPE = 2;
    private static final int TAG_TYPE = 6;
    private static final long NO_TAG = -1;
    private static final long POSITIVE_BIGNUM = 2;
    private static final long NEGATIVE_BIGNUM = 3;

    private byte[] joined = new byte[FIRST_SCRATCH];

    @Override
    public Token next() throws ProtocolViolation {
        long frame = frames[depth];
        if (frame < CountedFrames.VALUE || atBreak(frame)) {
            depth--;
            return Token.END;
        }
        frames[depth] = frame - CountedFrames.VALUE;
        tokenStart = position;
        return value();
    }

    @Override
    public void skipRest() throws ProtocolViolation {
        int floor = depth;
        while (depth >= floor) {
            long frame = frames[depth];
            if (frame < CountedFrames.VALUE || atBreak(frame)) {
                depth--;
            } else {
                frames[depth] = frame - CountedFrames.VALUE;
                value();
            }
        }
    }

    @Override
    public void release() {
        super.release();
        if (joined.length > KEPT_SCRATCH) {
            joined = new byte[FIRST_SCRATCH];
        }
    }

    private boolean atBreak(long frame) throws ProtocolViolation {
        if (position < end && bytes[position] == (byte) BREAK) {
            if (!CountedFrames.mayEnd(frame)) {
                throw violation("a break where no list or dict can end");
            }
            position++;
            return true;
        }
        if (CountedFrames.isUncounted(frame)) {
            admit(1);
        }
        return false;
    }

    private Token value() throws ProtocolViolation {
        int first = read8();
        if (first >> 5 != TAG_TYPE) {
            return untagged(first);
        }
        long tag = NO_TAG;
        for (int level = depth + 1; first >> 5 == TAG_TYPE; level++) {
            refuseTooDeep(level);
            tag = argument(first & 0x1f);
            first = read8();
        }
        Token token = untagged(first);
        boolean bignum = token == Token.BINARY && (tag == POSITIVE_BIGNUM || tag == NEGATIVE_BIGNUM);
        return bignum ? bignum(tag == NEGATIVE_BIGNUM) : token;
    }

    private Token untagged(int first) throws ProtocolViolation {
        int info = first & 0x1f;
        return switch (first >> 5) {
            case 0 -> unsigned(argument(info));
            case 1 -> negative(argument(info));
            case BINARY_TYPE -> info == UNCOUNTED ? join(Token.BINARY) : binary(length(info));
            case 3 -> info == UNCOUNTED ? join(Token.STRING) : string(length(info));
            case 4 -> info == UNCOUNTED ? openUncounted(Token.LIST) : openList(length(info));
            case 5 -> info == UNCOUNTED ? openUncounted(Token.DICT) : openDict(length(info));
            default -> simple(info);
        };
    }

    private Token simple(int info) throws ProtocolViolation {
        return switch (info) {
            case 20 -> Token.FALSE;
            case 21 -> Token.TRUE;
            case 24 -> {
                if (read8() < 32) {
                    throw violation("a simple value in two bytes that has a form of one byte");
                }
                yield Token.NULL;
            }
            case 25 -> floating(half(read16()));
            case 26 -> floating(Float.intBitsToFloat(read32()));
            case 27 -> floating(Double.longBitsToDouble(read64()));
            case 28, 29, 30 -> throw violation("a reserved form of CBOR");
            case UNCOUNTED -> throw violation("a break where a value is expected");
            default -> Token.NULL;
        };
    }

    /** The number that stands with the first byte of an item; to be read as unsigned. */
    private long argument(int info) throws ProtocolViolation {
        if (info < 24) {
            return info;
        }
        return switch (info) {
            case 24 -> read8();
            case 25 -> read16();
            case 26 -> readUnsigned32();
            case 27 -> read64();
            default -> throw violation("a reserved form of CBOR");
        };
    }

    private long length(int info) throws ProtocolViolation {
        long length = argument(info);
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw violation("the message ends too early");
        }
        return length;
    }

    private Token negative(long argument) {
        if (argument >= 0) {
            return integer(-1 - argument);
        }
        bigInteger = new BigInteger(1, magnitude(argument)).not();
        return Token.BIG_INTEGER;
    }

    private Token bignum(boolean negative) throws ProtocolViolation {
        if (textTo - textFrom > LONGEST_BIGNUM) {
            throw violation("an integer is longer than " + LONGEST_BIGNUM + " bytes");
        }
        BigInteger magnitude = new BigInteger(1, text, textFrom, textTo - textFrom);
        BigInteger value = negative ? magnitude.not() : magnitude;
        if (value.bitLength() < Long.SIZE) {
            return integer(value.longValue());
        }
        bigInteger = value;
        return Token.BIG_INTEGER;
    }

    private Token openUncounted(Token kind) throws ProtocolViolation {
        refuseAsKey();
        open(kind == Token.LIST ? CountedFrames.uncountedList() : CountedFrames.uncountedDict());
        size = UNKNOWN_SIZE;
        return kind;
    }

    /** Joins the pieces of an uncounted string, each of which must be a counted one of the same type. */
    private Token join(Token kind) throws ProtocolViolation {
        int type = kind == Token.STRING ? 3 : BINARY_TYPE;
        int joinedLength = 0;
        for (int first = read8(); first != BREAK; first = read8()) {
            if (first >> 5 != type || (first & 0x1f) == UNCOUNTED) {
                throw violation("a piece of a string that is no counted string of the same type");
            }
            long length = length(first & 0x1f);
            if (kind == Token.STRING) {
                string(length);
            } else {
                binary(length);
            }
            joinedLength = append(joinedLength);
        }
        text = joined;
        textFrom = 0;
        textTo = joinedLength;
        return kind;
    }

    private int append(int at) {
        int length = textTo - textFrom;
        if (at + length > joined.length) {
            joined = Arrays.copyOf(joined, Math.max(at + length, joined.length * 2));
        }
        System.arraycopy(bytes, textFrom, joined, at, length);
        return at + length;
    }

    /** A float of 16 bits (RFC 8949, appendix D). */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double value;
        if (exponent == 0) {
            value = Math.scalb((double) fraction, -24);
        } else if (exponent == 31) {
            value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            value = Math.scalb((double) (fraction + 1024), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? value : -value;
    }
}
