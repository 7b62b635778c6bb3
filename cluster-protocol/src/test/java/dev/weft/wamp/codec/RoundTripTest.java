package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    @ParameterizedTest
    @EnumSource
    void everyMessageIsReadAsItWasWritten(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        for (WampMessage message : Samples.all(serializer)) {
            Messages.assertSame(Messages.decode(serializer, Messages.encode(serializer, message)), message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSamplesHaveEveryMessage(SerializerId id) {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        assertThat(Samples.all(serializer)).extracting(WampMessage::type).contains(MessageType.values());
    }

    @ParameterizedTest
    @EnumSource
    void headPayloadAndTailAreTheMessage(SerializerId id) {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        for (WampMessage message : Samples.all(serializer)) {
            ByteBuf out = Unpooled.buffer();
            serializer.encodeHead(message, out);
            message.payload().writeTo(out);
            serializer.encodeTail(out);
            assertThat(ByteBufUtil.getBytes(out)).isEqualTo(Messages.encode(serializer, message));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageInADirectBufferAmongOthersIsReadTheSame(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        for (WampMessage message : Samples.all(serializer)) {
            byte[] bytes = Messages.encode(serializer, message);
            ByteBuf direct = Unpooled.directBuffer();
            direct.writeLong(-1).writeBytes(bytes).writeLong(-1);
            WampMessage decoded = serializer.decode(direct, Long.BYTES, bytes.length);
            Messages.assertSame(decoded, message);
            direct.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageCanBeToldToEverySerializer(SerializerId from) throws ProtocolViolation {
        Serializer source = Serializers.create(from, DecodeLimits.DEFAULT);
        for (SerializerId to : SerializerId.values()) {
            Serializer target = Serializers.create(to, DecodeLimits.DEFAULT);
            for (WampMessage message : Samples.all(source)) {
                WampMessage decoded = Messages.decode(target, Messages.encode(target, message));
                assertSamePayload(decoded.payload(), message.payload(), source);
                assertThat(decoded.payload().isEmpty() || decoded.payload().serializer() == to)
                        .isTrue();
            }
        }
    }

    private static void assertSamePayload(Payload actual, Payload expected, Serializer any) {
        assertThat(any.args(actual)).isEqualTo(any.args(expected));
        assertThat(any.kwargs(actual)).isEqualTo(any.kwargs(expected));
    }
}
