package dev.weft.cluster.table;

import java.io.IOException;

/**
 * What becomes of values with a payload before Hazelcast has them, and after: they cross between members, and are kept
 * by members, as the octets that this makes of them. Thread-safe.
 */
public interface PayloadCodec {
    /** As they are. */
    PayloadCodec PLAIN = new PayloadCodec() {
        @Override
        public byte[] seal(byte[] value) {
            return value;
        }

        @Override
        public byte[] open(byte[] sealed) {
            return sealed;
        }
    };

    byte[] seal(byte[] value);

    /** @throws IOException if they are not what {@link #seal} made, on any node of this cluster */
    byte[] open(byte[] sealed) throws IOException;
}
