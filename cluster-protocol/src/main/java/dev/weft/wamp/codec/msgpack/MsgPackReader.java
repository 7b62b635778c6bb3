package dev.weft.wamp.codec.msgpack;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.BinaryReader;
import dev.weft.wamp.codec.token.CountedFrames;
import dev.weft.wamp.codec.token.Token;

/** MessagePack, version 5 of its specification. An extension is read as the binary it holds, undefined as null. */
public final class MsgPackReader extends BinaryReader {
    private static final int LOWEST_NEGATIVE_FIXINT = -32;

    @Override
    public Token next() throws ProtocolViolation {
        long frame = frames[depth];
        if (frame < CountedFrames.VALUE) {
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
            if (frame < CountedFrames.VALUE) {
                depth--;
            } else {
                frames[depth] = frame - CountedFrames.VALUE;
                value();
            }
        }
    }

    private Token value() throws ProtocolViolation {
        need(1);
        int first = bytes[position++];
        if (first >= LOWEST_NEGATIVE_FIXINT) {
            return integer(first);
        }
        int code = first & 0xff;
        if (code < 0x90) {
            return openDict(code & 0x0f);
        }
        if (code < 0xa0) {
            return openList(code & 0x0f);
        }
        if (code < 0xc0) {
            return string(code & 0x1f);
        }
        return code < 0xcc ? simple(code) : code < 0xd4 ? number(code) : sized(code);
    }

    private Token simple(int code) throws ProtocolViolation {
        return switch (code) {
            case 0xc0 -> Token.NULL;
            case 0xc2 -> Token.FALSE;
            case 0xc3 -> Token.TRUE;
            case 0xc4 -> binary(read8());
            case 0xc5 -> binary(read16());
            case 0xc6 -> binary(readUnsigned32());
            case 0xc7 -> extension(read8());
            case 0xc8 -> extension(read16());
            case 0xc9 -> extension(readUnsigned32());
            case 0xca -> floating(Float.intBitsToFloat(read32()));
            case 0xcb -> floating(Double.longBitsToDouble(read64()));
            default -> throw violation("the byte 0xc1, which MessagePack never uses");
        };
    }

    private Token number(int code) throws ProtocolViolation {
        return switch (code) {
            case 0xcc -> integer(read8());
            case 0xcd -> integer(read16());
            case 0xce -> integer(readUnsigned32());
            case 0xcf -> unsigned(read64());
            case 0xd0 -> integer((byte) read8());
            case 0xd1 -> integer((short) read16());
            case 0xd2 -> integer(read32());
            default -> integer(read64());
        };
    }

    private Token sized(int code) throws ProtocolViolation {
        return switch (code) {
            case 0xd4 -> smallestExtension();
            case 0xd5 -> extension(2);
            case 0xd6 -> extension(4);
            case 0xd7 -> extension(8);
            case 0xd8 -> extension(16);
            case 0xd9 -> string(read8());
            case 0xda -> string(read16());
            case 0xdb -> string(readUnsigned32());
            case 0xdc -> openList(read16());
            case 0xdd -> openList(readUnsigned32());
            case 0xde -> openDict(read16());
            default -> openDict(readUnsigned32());
        };
    }

    /** JavaScript's serializers (msgpackr, msgpack5) write undefined as an extension of type 0 that holds one zero. */
    private Token smallestExtension() throws ProtocolViolation {
        need(2);
        if (bytes[position] == 0 && bytes[position + 1] == 0) {
            position += 2;
            return Token.NULL;
        }
        return extension(1);
    }

    private Token extension(long length) throws ProtocolViolation {
        read8();
        return binary(length);
    }
}
