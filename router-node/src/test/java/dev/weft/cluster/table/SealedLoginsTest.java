package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.directory.CookieLogin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Hazelcast has of cookies, and what could be done to it there. */
class SealedLoginsTest {
    private static final ClusterKey OLD = new ClusterKey("the key of this cluster", "cluster");
    private static final ClusterKey NEW = new ClusterKey("another key of the cluster", "cluster");
    private static final CookieLogin LOGIN =
            new CookieLogin("realm1", "alice", "user", "static", "digest", 1000, 2000, 3000);

    private final SealedLogins logins = new SealedLogins(new ClusterKeys(OLD, List.of()));

    @Test
    void whatIsSealedForACookieIsReadForItAgain() {
        byte[] sealed = logins.seal("one", LOGIN);
        assertThat(logins.open("one", sealed)).isEqualTo(LOGIN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("alice");
    }

    @Test
    void aLoginIsNotReadForAnotherCookie() {
        assertThat(logins.open("other", logins.seal("one", LOGIN))).isNull();
    }

    @Test
    void aLoginThatWasChangedIsNone() {
        byte[] sealed = logins.seal("one", LOGIN);
        sealed[sealed.length - 1] ^= 1;
        assertThat(logins.open("one", sealed)).isNull();
        assertThat(logins.open("one", new byte[200])).isNull();
    }

    @Test
    void whenTheClustersKeyIsChangedLoginsOfTheOldOneAreRead() {
        byte[] sealed = logins.seal("one", LOGIN);
        assertThat(new SealedLogins(new ClusterKeys(NEW, List.of(OLD))).open("one", sealed))
                .isEqualTo(LOGIN);
        assertThat(new SealedLogins(new ClusterKeys(NEW, List.of())).open("one", sealed))
                .isNull();
    }
}
