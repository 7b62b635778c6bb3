package dev.weft.cluster.table;

import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.key.ValueSeal;
import java.io.IOException;

/** Events that are kept, sealed with the cluster's key: their frames say of which realm and topic they are. */
final class SealedPayloads implements PayloadCodec {
    private static final String PLACE = "weft.events";

    private final ValueSeal seal;

    SealedPayloads(ClusterKeys keys) {
        seal = new ValueSeal(keys);
    }

    @Override
    public byte[] seal(byte[] value) {
        return seal.seal(value, PLACE);
    }

    @Override
    public byte[] open(byte[] sealed) throws IOException {
        byte[] value = seal.open(sealed, PLACE);
        if (value == null) {
            throw new IOException("an event that is kept was sealed by no node of this cluster");
        }
        return value;
    }
}
