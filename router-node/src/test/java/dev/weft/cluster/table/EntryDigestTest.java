package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeTraits;
import dev.weft.link.InterestAdded;
import dev.weft.link.SessionJoined;
import dev.weft.link.TableChange;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import org.junit.jupiter.api.Test;

/** The numbers that docs/inter-router-protocol.md defines, worked out by another program. */
class EntryDigestTest {
    @Test
    void digestsAreThoseOfTheSpecification() {
        is(new InterestAdded("realm1", MatchPolicy.PREFIX, "com.Übergröße.🧵.", 5), 6, 0x2e5da4f478312bfbL);
        is(
                new CalleeAdded(
                        "realm1",
                        MatchPolicy.EXACT,
                        "com.example.add",
                        InvocationPolicy.LAST,
                        7,
                        3,
                        1L << 53,
                        2,
                        1,
                        CalleeTraits.NONE),
                36,
                0x8728986e204eb3b4L);
        is(
                new SessionJoined(
                        "realm1", new SessionDetails(new Identity(42, "anyone", "anything"), "a", "b", "c"), 3),
                30,
                0xa239d4a5156d6c3L);
    }

    private static void is(TableChange entry, int bucket, long value) {
        assertThat(EntryDigest.bucket(entry)).isEqualTo(bucket);
        assertThat(EntryDigest.bucket(EntryDigest.removal(entry))).isEqualTo(bucket);
        assertThat(EntryDigest.value(entry)).isEqualTo(value);
    }
}
