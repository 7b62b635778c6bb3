package dev.weft.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OctetsTest {
    private static final byte[] SOME = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    static Stream<ByteBuf> buffers() {
        return Stream.of(
                Unpooled.copiedBuffer(SOME),
                Unpooled.directBuffer(SOME.length, SOME.length).writeBytes(SOME),
                Unpooled.wrappedBuffer(new byte[] {99, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99}, 1, SOME.length),
                Unpooled.copiedBuffer(SOME).asReadOnly(),
                Unpooled.wrappedBuffer(Unpooled.copiedBuffer(SOME, 0, 5), Unpooled.copiedBuffer(SOME, 5, 5)));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void aPartOfABufferIsAppendedAndTheBufferStaysAsItWas(ByteBuf from) {
        ByteBuf to = Unpooled.directBuffer(1).writeByte(42);

        Octets.append(from, 2, 5, to);

        byte[] appended = new byte[to.readableBytes()];
        to.readBytes(appended);
        assertThat(appended).containsExactly(42, 2, 3, 4, 5, 6);
        assertThat(from.readableBytes()).isEqualTo(SOME.length);
        to.release();
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void noMoreThanThereIs(ByteBuf from) {
        ByteBuf to = Unpooled.buffer();
        assertThatThrownBy(() -> Octets.append(from, 6, 5, to)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(to.readableBytes()).isZero();
    }
}
