package dev.weft.bench;

import dev.weft.authorization.Action;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.authorization.LoopAuthorizer;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RealmPermissions;
import dev.weft.authorization.RoleAuthorizer;
import dev.weft.authorization.RolePermissions;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a PUBLISH or a CALL to be allowed, by a role with permissions of all kinds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuthorizeBenchmark {
    private static final int USUAL = 64;
    /** So many that each has been forgotten when it comes again. */
    private static final int MANY = 1 << 16;

    @Param({"10", "1000"})
    public int permissions;

    private final String[] uris = new String[MANY];
    private RoleAuthorizer authorizer =
            new LoopAuthorizer(new RealmPermissions(Map.of(), Map.of()), new AuthorizationCounters()).ofRole("none");
    private int next;

    /** The role, and URIs that it may use. */
    @Setup
    public void fill() {
        List<Permission> rules = new ArrayList<>();
        for (int i = 0; i < permissions; i++) {
            rules.add(Permission.of(pattern(i), Set.of(Action.values())));
        }
        RealmPermissions realm = new RealmPermissions(Map.of("role", new RolePermissions(rules)), Map.of());
        authorizer = new LoopAuthorizer(realm, new AuthorizationCounters()).ofRole("role");
        for (int i = 0; i < MANY; i++) {
            uris[i] = "com.example.app" + i % permissions + ".topic.number" + i;
        }
    }

    private static UriPattern pattern(int i) {
        return i % 2 == 0
                ? new UriPattern(MatchPolicy.PREFIX, "com.example.app" + i + ".")
                : new UriPattern(MatchPolicy.WILDCARD, "com.example.app" + i + ".topic.");
    }

    private String nextOf(int count) {
        next = (next + 1) & (count - 1);
        return uris[next];
    }

    /** The URIs of a session that goes on as it did. */
    @Benchmark
    public boolean remembered() {
        return authorizer.mayPublish(nextOf(USUAL));
    }

    /** A session that never uses a URI twice. */
    @Benchmark
    public boolean decided() {
        return authorizer.mayPublish(nextOf(MANY));
    }
}
