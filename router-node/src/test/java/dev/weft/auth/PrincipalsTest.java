package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

    private static Principal of(String authid, String role) {
        return new Principal(
                authid,
                role,
                Principal.STATIC,
                true,
                null,
                new CraCredential("a2V5", "0123456789abcdef", 1000, 32),
                null,
                Set.of(),
                Set.of());
    }

    /** As many users, and one each of some other roles. */
    private static Principals withRareRoles(int users, int others) {
        List<Principal> all = new ArrayList<>();
        IntStream.range(0, users).forEach(i -> all.add(of("user" + i, "user")));
        IntStream.range(0, others).forEach(i -> all.add(of("other" + i, "role" + i)));
        Principals principals = new Principals("realm1", SECRET);
        principals.replace(all);
        return principals;
    }

    private static List<String> rolesOfNobodies(Principals principals) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> principals.find("nobody" + i).role())
                .toList();
    }

    @Test
    void aRareRoleIsAsRareAmongThoseThatAreMadeUp() {
        List<String> roles = rolesOfNobodies(withRareRoles(1000, 9));
        long rare = roles.stream().filter(role -> !role.equals("user")).count();
        assertThat(rare).isBetween(45L, 180L); // 9 of 1009 are rare: 89
        assertThat(new HashSet<>(roles)).hasSize(10);
    }

    @Test
    void oneMoreOfAFrequentShapeChangesNone() {
        assertThat(rolesOfNobodies(withRareRoles(1001, 9))).isEqualTo(rolesOfNobodies(withRareRoles(1000, 9)));
    }

    @Test
    void oneMoreRoleTakesOnlyItsOwnPart() {
        List<String> before = rolesOfNobodies(withRareRoles(1000, 9));
        List<String> after = rolesOfNobodies(withRareRoles(1000, 10));
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isIn(before.get(i), "role9");
        }
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        List<Principal> all = List.of(of("a", "user"), of("b", "admin"), of("c", "user"), of("d", "guest"));
        List<Principal> turned = List.of(all.get(3), all.get(2), all.get(1), all.get(0));
        Principals principals = new Principals("realm1", SECRET);
        principals.replace(all);
        List<String> roles = rolesOfNobodies(principals);
        principals.replace(turned);
        assertThat(rolesOfNobodies(principals)).isEqualTo(roles);
    }

    @Test
    void aMadeUpHashIsAsLongAsTheOthers() {
        byte[] salt = new byte[16];
        TicketCredential.Hashed hashed = new TicketCredential.Hashed(false, 1000, 0, salt, new byte[64]);
        assertThat(((TicketCredential.Hashed) hashed.decoy(SECRET)).hash()).hasSize(64);
    }

    @Test
    void nothingProvesIt() {
        Principal nobody = known("realm1", SECRET).find("nobody");
        assertThat(nobody.ticket().isProvedBy("ticket")).isFalse();
    }
}
