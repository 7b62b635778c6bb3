package dev.weft.wamp.codec.json;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.Token;
import dev.weft.wamp.codec.token.TokenReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** JSON, exactly as RFC 8259 has it: no byte order mark, no comments, no NaN, nothing after the message but white space. */
public final class JsonReader extends TokenReader {
    /** The longest number, in characters. Numbers of any length could be made to cost any time. */
    private static final int LONGEST_NUMBER = 1024;

    private static final int DIGITS_OF_ANY_LONG = 18;

    private static final long LIST_FIRST = 0;
    private static final long LIST_NEXT = 1;
    private static final long DICT_FIRST = 2;
    private static final long DICT_NEXT = 3;
    private static final long DICT_VALUE = 4;

    private final JsonStrings strings = new JsonStrings();
    private int numberFrom;
    private boolean fraction;

    @Override
    protected long outermostFrame(int values) {
        return LIST_FIRST;
    }

    @Override
    public Token next() throws ProtocolViolation {
        long frame = frames[depth];
        if (advance(frame)) {
            depth--;
            return Token.END;
        }
        tokenStart = position;
        Token token = value();
        if (token == Token.STRING) {
            return text(frame == DICT_FIRST || frame == DICT_NEXT);
        }
        return token == Token.INTEGER ? number() : token;
    }

    @Override
    public void skipRest() throws ProtocolViolation {
        int floor = depth;
        while (depth >= floor) {
            if (advance(frames[depth])) {
                depth--;
            } else {
                value();
            }
        }
    }

    @Override
    public void finish() throws ProtocolViolation {
        skipSpace();
        if (position != end) {
            throw violation("characters follow the message");
        }
    }

    @Override
    public void release() {
        super.release();
        strings.release(KEPT_SCRATCH);
    }

    /** Moves to the next value of the innermost list or dict; true if its end is found instead. */
    private boolean advance(long frame) throws ProtocolViolation {
        int next = peek();
        if (frame == DICT_VALUE) {
            if (next != ':') {
                throw violation("a colon is expected");
            }
            position++;
            peek();
            frames[depth] = DICT_NEXT;
            return false;
        }
        boolean dict = frame >= DICT_FIRST;
        if (next == (dict ? '}' : ']') && depth > 0) {
            position++;
            return true;
        }
        if ((frame & 1) != 0) {
            if (next != ',') {
                throw violation("a comma or an end is expected");
            }
            position++;
            next = peek();
        }
        if (dict && next != '"') {
            throw violation("a key is expected");
        }
        frames[depth] = dict ? DICT_VALUE : LIST_NEXT;
        return false;
    }

    /** Checks one value, or the beginning of a list or dict. Any number is said to be an integer. */
    private Token value() throws ProtocolViolation {
        admit(1);
        byte first = bytes[position];
        switch (first) {
            case '"':
                position = strings.scan(this, bytes, position + 1, end);
                return Token.STRING;
            case '[':
                position++;
                open(LIST_FIRST);
                size = UNKNOWN_SIZE;
                return Token.LIST;
            case '{':
                position++;
                open(DICT_FIRST);
                size = UNKNOWN_SIZE;
                return Token.DICT;
            case 't':
                literal("true");
                return Token.TRUE;
            case 'f':
                literal("false");
                return Token.FALSE;
            case 'n':
                literal("null");
                return Token.NULL;
            default:
                scanNumber();
                return Token.INTEGER;
        }
    }

    private void literal(String literal) throws ProtocolViolation {
        need(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            if (bytes[position + i] != literal.charAt(i)) {
                throw violation("a value is expected");
            }
        }
        position += literal.length();
    }

    private void scanNumber() throws ProtocolViolation {
        numberFrom = position;
        fraction = false;
        if (bytes[position] == '-') {
            position++;
        }
        if (position < end && bytes[position] == '0') {
            position++;
        } else {
            digits();
        }
        if (position < end && bytes[position] == '.') {
            fraction = true;
            position++;
            digits();
        }
        if (position < end && (bytes[position] | 0x20) == 'e') {
            fraction = true;
            position++;
            if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
                position++;
            }
            digits();
        }
        if (position - numberFrom > LONGEST_NUMBER) {
            throw violation("a number is longer than " + LONGEST_NUMBER + " characters");
        }
    }

    private void digits() throws ProtocolViolation {
        int from = position;
        while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
        if (position == from) {
            throw violation("a value is expected");
        }
    }

    private Token number() {
        if (fraction) {
            return Token.FLOAT;
        }
        if (position - numberFrom <= DIGITS_OF_ANY_LONG) {
            integer = smallInteger();
            return Token.INTEGER;
        }
        BigInteger value = new BigInteger(numberText());
        if (value.bitLength() < Long.SIZE) {
            integer = value.longValue();
            return Token.INTEGER;
        }
        bigInteger = value;
        return Token.BIG_INTEGER;
    }

    private long smallInteger() {
        boolean negative = bytes[numberFrom] == '-';
        long value = 0;
        for (int i = negative ? numberFrom + 1 : numberFrom; i < position; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    @Override
    public double floatValue() {
        return Double.parseDouble(numberText());
    }

    private String numberText() {
        return new String(bytes, numberFrom, position - numberFrom, StandardCharsets.ISO_8859_1);
    }

    /** Makes the text of the string just scanned; one that follows the convention for binary is binary. */
    private Token text(boolean key) throws ProtocolViolation {
        int from = tokenStart + 1;
        int to = position - 1;
        if (!strings.escaped()) {
            text = bytes;
            textFrom = from;
            textTo = to;
            return Token.STRING;
        }
        boolean whole = strings.unescape(bytes, from, to);
        if (!whole && strict) {
            throw violation("an escape that is half of a surrogate pair");
        }
        byte[] binary = key ? null : strings.binary();
        text = binary == null ? strings.text() : binary;
        textFrom = 0;
        textTo = binary == null ? strings.textLength() : binary.length;
        return binary == null ? Token.STRING : Token.BINARY;
    }

    /** Skips white space and returns the byte after it. */
    private int peek() throws ProtocolViolation {
        skipSpace();
        need(1);
        return bytes[position];
    }

    private void skipSpace() {
        while (position < end) {
            byte next = bytes[position];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
                return;
            }
            position++;
        }
    }
}
