package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final String MESSAGE = "[36,1,2,{},[\"" + "warp and weft ".repeat(40) + "\"]]";

    private final MessageDeflater deflater = new MessageDeflater();
    private final ByteBuf bytes = Unpooled.copiedBuffer("head" + MESSAGE + "end", StandardCharsets.UTF_8);
    private final Frame frame = new Frame(bytes, 4, 3);

    @AfterEach
    void leaveNothingBehind() {
        if (bytes.refCnt() > 0) {
            frame.release();
        }
    }

    @Test
    void aMessageIsDeflatedForTheFirstConnectionAndSharedByTheOthers() {
        ByteBuf first = deflated();

        assertThat(deflated()).isSameAs(first);
        assertThat(first.getUnsignedByte(first.readerIndex()))
                .isEqualTo((short) (WebSocketWriter.FIN | WebSocketWriter.RSV1 | WebSocketWriter.TEXT));
    }

    @Test
    void onlyTheMessageIsDeflatedAndWhatSurroundsItIsNot() throws Exception {
        byte[] framed = ByteBufUtil.getBytes(deflated());
        Inflater inflater = new Inflater(true);
        inflater.setInput(framed, 2, framed.length - 2);
        byte[] inflated = new byte[MESSAGE.length() + 1];
        int length = inflater.inflate(inflated);

        assertThat(new String(inflated, 0, length, StandardCharsets.UTF_8)).isEqualTo(MESSAGE);
        assertThat(framed).hasSizeLessThan(MESSAGE.length() / 4).hasSize(2 + framed[1]);
    }

    @Test
    void whatWasDeflatedIsReleasedWithTheFrame() {
        ByteBuf deflated = deflated();

        frame.release();

        assertThat(deflated.refCnt()).isZero();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void aFrameThatNobodyWantsDeflatedIsReleasedAllTheSame() {
        frame.release();

        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void whatCannotBeDeflatedLeavesNoBufferBehind() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

        assertThatThrownBy(() -> deflater.frame(allocator, bytes, 0, bytes.capacity() + 1, true))
                .isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private ByteBuf deflated() {
        return frame.deflated(deflater, UnpooledByteBufAllocator.DEFAULT, true);
    }
}
