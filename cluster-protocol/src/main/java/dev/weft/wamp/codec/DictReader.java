package dev.weft.wamp.codec;

import dev.weft.wamp.Ppt;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.WampId;
import dev.weft.wamp.codec.token.Token;
import dev.weft.wamp.codec.token.TokenReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options or details of a message key by key. Keys without a place in a record are skipped, and no key may be
 * there twice. A key whose value is null counts as left out: clients in JavaScript send it for what was not given.
 */
final class DictReader {
    private final TokenReader reader;
    private String name = "";
    private long seen;
    private @Nullable OptionKey key;
    private Token value = Token.NULL;
    private @Nullable Set<String> skipped;
    private @Nullable String pptScheme;
    private @Nullable String pptSerializer;
    private @Nullable String pptCipher;
    private @Nullable String pptKeyid;
    private @Nullable String traceparent;
    private @Nullable String tracestate;

    DictReader(TokenReader reader) {
        this.reader = reader;
    }

    /**
     * Opens the dict that comes next and reads its first key.
     *
     * @param name what faults call the dict, as in {@code PUBLISH.Options}
     * @return null if no key is there that has a place in a record
     */
    @Nullable
    OptionKey open(String name) throws ProtocolViolation {
        this.name = name;
        if (reader.next() != Token.DICT) {
            throw reader.violation(name + " must be a dict");
        }
        seen = 0;
        skipped = null;
        pptScheme = null;
        pptSerializer = null;
        pptCipher = null;
        pptKeyid = null;
        traceparent = null;
        tracestate = null;
        return next();
    }

    /** The next key, or null at the end. The value of the key before must have been taken or skipped. */
    @Nullable
    OptionKey next() throws ProtocolViolation {
        while (true) {
            Token token = reader.next();
            if (token == Token.END) {
                return null;
            }
            if (token != Token.STRING) {
                throw reader.violation("a key in " + name + " is not a string");
            }
            OptionKey found = OptionKey.of(reader.text(), reader.textFrom(), reader.textTo());
            if (found == null) {
                skipUnknown(reader.string());
                continue;
            }
            admitOnce(found);
            value = reader.next();
            if (value != Token.NULL) {
                return found;
            }
        }
    }

    private void admitOnce(OptionKey found) throws ProtocolViolation {
        long bit = 1L << found.ordinal();
        if ((seen & bit) != 0) {
            throw twice(found.text());
        }
        seen |= bit;
        key = found;
    }

    private void skipUnknown(String unknown) throws ProtocolViolation {
        if (skipped == null) {
            skipped = new HashSet<>();
        }
        if (!skipped.add(unknown)) {
            throw twice(unknown);
        }
        reader.skip(reader.next());
    }

    private ProtocolViolation twice(String text) {
        return reader.violation("the key " + text + " is twice in " + name);
    }

    /** Skips the value of a key that has no meaning in this dict. */
    void skip() throws ProtocolViolation {
        reader.skip(value);
    }

    boolean bool() throws ProtocolViolation {
        if (!value.isBool()) {
            throw mustBe("a bool");
        }
        return value == Token.TRUE;
    }

    String string() throws ProtocolViolation {
        if (value != Token.STRING) {
            throw mustBe("a string");
        }
        return reader.string();
    }

    /** A string, or null for anything else: a key that the specification does not have may hold what it wants. */
    @Nullable
    String stringIfSo() throws ProtocolViolation {
        if (value == Token.STRING) {
            return reader.string();
        }
        skip();
        return null;
    }

    long id() throws ProtocolViolation {
        if (!reader.isInteger(value) || !WampId.isValid(reader.integer())) {
            throw mustBe("an integer from 1 to 2^53");
        }
        return reader.integer();
    }

    /** An integer from 0 to {@code highest}. */
    long count(long highest) throws ProtocolViolation {
        if (!reader.isInteger(value) || reader.integer() < 0 || reader.integer() > highest) {
            throw mustBe("an integer from 0 to " + highest);
        }
        return reader.integer();
    }

    List<Long> ids() throws ProtocolViolation {
        List<Long> ids = new ArrayList<>();
        openList();
        for (Token token = reader.next(); token != Token.END; token = reader.next()) {
            if (!reader.isInteger(token)) {
                throw mustBe("a list of integers");
            }
            ids.add(reader.integer());
        }
        return ids;
    }

    List<String> strings() throws ProtocolViolation {
        List<String> strings = new ArrayList<>();
        openList();
        for (Token token = reader.next(); token != Token.END; token = reader.next()) {
            if (token != Token.STRING) {
                throw mustBe("a list of strings");
            }
            strings.add(reader.string());
        }
        return strings;
    }

    private void openList() throws ProtocolViolation {
        if (value != Token.LIST) {
            throw mustBe("a list");
        }
    }

    /** Takes one of the attributes of payload passthru mode; skips anything else. */
    void passthruOrSkip(OptionKey found) throws ProtocolViolation {
        switch (found) {
            case PPT_SCHEME -> pptScheme = string();
            case PPT_SERIALIZER -> pptSerializer = string();
            case PPT_CIPHER -> pptCipher = string();
            case PPT_KEYID -> pptKeyid = string();
            default -> skip();
        }
    }

    /** As {@link #passthruOrSkip}, and takes the attributes that say of which trace the request is a part. */
    void commonOrSkip(OptionKey found) throws ProtocolViolation {
        switch (found) {
            case TRACEPARENT -> traceparent = stringIfSo();
            case TRACESTATE -> tracestate = stringIfSo();
            default -> passthruOrSkip(found);
        }
    }

    /** Null if the request is part of none, or what says so is malformed. */
    @Nullable
    TraceContext trace() {
        return TraceContext.parse(traceparent, tracestate);
    }

    /** The attributes of payload passthru mode; null without a scheme that says something, which is what turns the mode on. */
    @Nullable
    Ppt passthru() {
        return pptScheme == null || pptScheme.isEmpty() ? null : new Ppt(pptScheme, pptSerializer, pptCipher, pptKeyid);
    }

    /** The fault that the value of the current key is not what it must be. */
    ProtocolViolation mustBe(String expected) {
        String text = key == null ? "" : "." + key.text();
        return reader.violation(name + text + " must be " + expected);
    }
}
