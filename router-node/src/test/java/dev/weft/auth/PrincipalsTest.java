package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A name that nobody has looks like one that somebody has. */
class PrincipalsTest {
    private static final byte[] SECRET = "the same on all nodes".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private static Principal principal(String authid) {
        return new Principal(
                authid,
                "user",
                Principal.STATIC,
                true,
                new TicketCredential.Plain("ticket"),
                new CraCredential("a2V5", "0123456789abcdef", 1000, 32),
                new ScramCredential(ScramCredential.Kdf.ARGON2ID, 3, 65536, new byte[16], new byte[32], new byte[32]),
                Set.of(),
                Set.of());
    }

    private static Principals known(String realm, byte[] secret) {
        Principals principals = new Principals(realm, secret);
        principals.replace(List.of(principal("alice"), principal("bob")));
        return principals;
    }

    @Test
    void aMadeUpPrincipalHasTheShapeOfTheOthers() {
        Principal nobody = known("realm1", SECRET).find("nobody");
        assertThat(nobody.real()).isFalse();
        assertThat(nobody.authid()).isEqualTo("nobody");
        assertThat(nobody.shape()).isEqualTo(principal("alice").shape());
    }

    @Test
    void itIsTheSameOnEveryNodeAndForEveryTime() {
        Principal here = known("realm1", SECRET).find("nobody");
        Principal there = known("realm1", SECRET).find("nobody");
        assertThat(there.scram().salt()).isEqualTo(here.scram().salt());
        assertThat(there.wampcra().salt()).isEqualTo(here.wampcra().salt());
    }

    @Test
    void itIsAnotherForEachNameRealmAndSecret() {
        Set<String> salts = new HashSet<>();
        salts.add(Arrays.toString(known("realm1", SECRET).find("nobody").scram().salt()));
        salts.add(
                Arrays.toString(known("realm1", SECRET).find("nobody2").scram().salt()));
        salts.add(Arrays.toString(known("realm2", SECRET).find("nobody").scram().salt()));
        salts.add(Arrays.toString(
                known("realm1", new byte[] {1}).find("nobody").scram().salt()));
        assertThat(salts).hasSize(4);
    }

    @Test
    void itStaysWhenOthersOfTheSameShapeComeAndGo() {
        Principals principals = known("realm1", SECRET);
        byte[] before = principals.find("nobody").scram().salt();
        principals.replace(List.of(principal("carol")));
        assertThat(principals.find("nobody").scram().salt()).isEqualTo(before);
        assertThat(principals.find("alice").real()).isFalse();
    }

    @Test
    void nothingProvesIt() {
        Principal nobody = known("realm1", SECRET).find("nobody");
        assertThat(nobody.ticket().isProvedBy("ticket")).isFalse();
    }
}
