package dev.weft.wamp.codec;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.SizeList;
import dev.weft.wamp.codec.token.Token;
import dev.weft.wamp.codec.token.TokenReader;
import dev.weft.wamp.codec.token.TokenWriter;
import java.util.BitSet;

/**
 * From the tokens of one format to those of another. A list or dict whose size the source does not tell is counted before
 * it is written, each once, however deep it is nested.
 */
final class PayloadTranscoder {
    private final SizeList sizes = new SizeList();
    private final BitSet dicts = new BitSet();

    void transcode(TokenReader source, int values, TokenWriter target) throws ProtocolViolation {
        sizes.clear();
        int depth = 0;
        int left = values;
        while (left > 0 || depth > 0) {
            Token token = source.next();
            if (depth == 0) {
                left--;
            }
            switch (token) {
                case LIST, DICT -> {
                    dicts.set(depth++, token == Token.DICT);
                    open(source, token == Token.DICT, target);
                }
                case END -> {
                    depth--;
                    close(dicts.get(depth), target);
                }
                default -> scalar(source, token, target);
            }
        }
    }

    private void open(TokenReader source, boolean dict, TokenWriter target) throws ProtocolViolation {
        int size = source.size();
        if (size == TokenReader.UNKNOWN_SIZE && sizes.isEmpty()) {
            source.countSizes(sizes);
        }
        // within what was counted, lists and dicts that tell their size were counted, too
        if (!sizes.isEmpty()) {
            size = dict ? sizes.take() / 2 : sizes.take();
        }
        if (dict) {
            target.openDict(size);
        } else {
            target.openList(size);
        }
    }

    private static void close(boolean dict, TokenWriter target) {
        if (dict) {
            target.closeDict();
        } else {
            target.closeList();
        }
    }

    private static void scalar(TokenReader source, Token token, TokenWriter target) {
        switch (token) {
            case NULL -> target.nil();
            case FALSE, TRUE -> target.bool(token == Token.TRUE);
            case INTEGER -> target.integer(source.integer());
            case BIG_INTEGER -> target.integer(source.bigInteger());
            case FLOAT -> target.floating(source.floatValue());
            case STRING -> target.string(source.text(), source.textFrom(), source.textTo());
            case BINARY -> target.binary(source.text(), source.textFrom(), source.textTo());
            default -> throw new IllegalArgumentException("not a scalar: " + token);
        }
    }
}
