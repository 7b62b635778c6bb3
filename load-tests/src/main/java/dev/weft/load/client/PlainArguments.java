package dev.weft.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.IntObjectHashMap;
import java.nio.charset.StandardCharsets;

/** Arguments without a serializer: a text of a given size that ends with the stamp. Event loop only. */
final class PlainArguments {
    private final IntObjectHashMap<ByteBuf> bySize = new IntObjectHashMap<>();

    /** @param size in octets, {@link Stamp#LENGTH} at least */
    void write(int size, Stamp stamp, ByteBuf out) {
        ByteBuf text = bySize.get(size);
        if (text == null) {
            text = Unpooled.copiedBuffer("x".repeat(size), StandardCharsets.US_ASCII);
            bySize.put(size, text);
        }
        stamp.write(text, size - Stamp.LENGTH);
        out.writeBytes(text, 0, size);
    }
}
