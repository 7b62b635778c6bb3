package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedPayloadsTest {
    private static final byte[] EVENT = "what is said".getBytes(StandardCharsets.UTF_8);

    private static PayloadCodec sealedWith(String secret, String... previous) {
        List<ClusterKey> older = List.of(previous).stream()
                .map(key -> new ClusterKey(key, "test"))
                .toList();
        return new SealedPayloads(new ClusterKeys(new ClusterKey(secret, "test"), older));
    }

    @Test
    void whatCrossesBetweenMembersShowsNothingOfTheEvent() throws Exception {
        byte[] sealed = sealedWith("the key").seal(EVENT);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("said");
        assertThat(sealedWith("the key").open(sealed)).isEqualTo(EVENT);
    }

    @Test
    void whatWasSealedWithThePreviousKeyIsReadAfterAChange() throws Exception {
        byte[] sealed = sealedWith("the old key").seal(EVENT);
        assertThat(sealedWith("the new key", "the old key").open(sealed)).isEqualTo(EVENT);
    }

    @Test
    void whatNoNodeOfThisClusterSealedIsNoEvent() {
        byte[] sealed = sealedWith("another's key").seal(EVENT);
        assertThatThrownBy(() -> sealedWith("the key").open(sealed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sealed by no node of this cluster");
        assertThatThrownBy(() -> sealedWith("the key").open(EVENT)).isInstanceOf(IOException.class);
    }
}
