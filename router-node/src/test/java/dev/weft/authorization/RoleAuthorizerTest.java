package dev.weft.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleAuthorizerTest {
    private final AuthorizationCounters counters = new AuthorizationCounters();
    private final RolePermissions permissions = new RolePermissions(List.of(
            Permission.of(new UriPattern(MatchPolicy.PREFIX, "com.a."), Set.of(Action.CALL)),
            Permission.of(new UriPattern(MatchPolicy.WILDCARD, "com..b"), Set.of(Action.PUBLISH))));
    private final LoopAuthorizer loop =
            new LoopAuthorizer(new RealmPermissions(Map.of("role", permissions), Map.of()), counters);

    @Test
    void whatIsRememberedIsWhatWouldBeDecided() {
        RoleAuthorizer authorizer = loop.ofRole("role");
        Random random = new Random(3);
        int allowed = 0;
        for (int i = 0; i < 50_000; i++) {
            String uri = "com." + "abc".charAt(random.nextInt(3)) + random.nextInt(30) % 7 + "." + random.nextInt(2000);
            uri = random.nextBoolean() ? "com.a." + random.nextInt(3000) : uri.replaceAll("\\.[0-9]+$", ".b");
            boolean call = permissions.decide(AccessRequest.call(uri)).allowed();
            boolean publish = permissions.decide(AccessRequest.publish(uri)).allowed();
            assertThat(authorizer.mayCall(uri)).as(uri).isEqualTo(call);
            assertThat(authorizer.mayPublish(uri)).as(uri).isEqualTo(publish);
            allowed += (call ? 1 : 0) + (publish ? 1 : 0);
        }
        assertThat(allowed).isBetween(20_000, 80_000);
        assertThat(counters.requestsDenied(Action.CALL) + counters.requestsDenied(Action.PUBLISH))
                .isEqualTo(100_000 - allowed);
    }

    @Test
    void aRoleThatIsNotConfiguredMayDoNothing() {
        RoleAuthorizer authorizer = loop.ofRole("stranger");

        assertThat(authorizer.mayCall("com.a.x")).isFalse();
        assertThat(authorizer.maySubscribe(MatchPolicy.EXACT, "com.a.x")).isFalse();
        assertThat(counters.requestsDenied(Action.CALL)).isOne();
        assertThat(counters.requestsDenied(Action.SUBSCRIBE)).isOne();
    }
}
