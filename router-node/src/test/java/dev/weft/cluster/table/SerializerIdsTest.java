package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.serialization.Serializer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hazelcast takes two types with one id, and then reads one as the other. */
final class SerializerIdsTest {
    @Test
    void noTwoTypesHaveTheSameId() {
        assertThat(Stream.concat(
                                TableSerializers.all().stream(),
                                new EventSerializers(PayloadCodec.PLAIN).all().stream())
                        .map(SerializerConfig::getImplementation)
                        .map(Serializer::getTypeId))
                .doesNotHaveDuplicates();
    }
}
