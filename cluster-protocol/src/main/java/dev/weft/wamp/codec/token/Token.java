package dev.weft.wamp.codec.token;

/** The kinds of tokens. A dict is followed by its keys and values in turn; a list and a dict are closed by {@link #END}. */
public enum Token {
    NULL,
    FALSE,
    TRUE,
    /** An integer from -2^63 to 2^63 - 1. */
    INTEGER,
    /** An integer beyond {@link #INTEGER}. */
    BIG_INTEGER,
    FLOAT,
    STRING,
    BINARY,
    LIST,
    DICT,
    /** The list or dict that was opened last has no more elements. */
    END;

    public boolean isBool() {
        return this == TRUE || this == FALSE;
    }

    public boolean isContainer() {
        return this == LIST || this == DICT;
    }
}
