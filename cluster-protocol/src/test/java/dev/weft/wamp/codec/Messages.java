package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Short forms of what codec tests do all the time. */
final class Messages {
    private Messages() {}

    static byte[] encode(Serializer serializer, WampMessage message) {
        ByteBuf out = Unpooled.buffer();
        serializer.encode(message, out);
        return ByteBufUtil.getBytes(out);
    }

    static WampMessage decode(Serializer serializer, byte[] bytes) throws ProtocolViolation {
        return serializer.decode(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    /** Compares messages field by field, and their payloads by their bytes. */
    static void assertSame(WampMessage actual, WampMessage expected) {
        assertThat(actual.type()).isEqualTo(expected.type());
        assertThat(actual)
                .usingRecursiveComparison()
                .withEqualsForType(Messages::sameBytes, Payload.class)
                .isEqualTo(expected);
    }

    private static boolean sameBytes(Payload a, Payload b) {
        return a.elements() == b.elements() && Arrays.equals(a.bytes(), b.bytes());
    }
}
