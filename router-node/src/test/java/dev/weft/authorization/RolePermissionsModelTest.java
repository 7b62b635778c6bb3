package dev.weft.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random rules against the definition, tried out on every URI there is: of a small alphabet, in which z stands for all
 * that no rule names.
 */
final class RolePermissionsModelTest {
    private static final int ROUNDS = 400;
    private static final int REQUESTS = 25;
    private static final List<String> URIS = uris();

    private final Random random = new Random(20261128);

    private static List<String> uris() {
        List<String> components = List.of("a", "b", "z", "aa", "az", "ab", "bz");
        List<String> found = new ArrayList<>(components);
        List<String> longest = components;
        for (int length = 2; length <= 4; length++) {
            List<String> longer = new ArrayList<>();
            for (String uri : longest) {
                components.forEach(component -> longer.add(uri + "." + component));
            }
            found.addAll(longer);
            longest = longer;
        }
        return found;
    }

    private UriPattern pattern() {
        while (true) {
            MatchPolicy match = MatchPolicy.values()[random.nextInt(3)];
            StringBuilder text = new StringBuilder();
            int components = 1 + random.nextInt(3);
            for (int i = 0; i < components; i++) {
                text.append(i == 0 ? "" : ".").append(List.of("a", "b", "").get(random.nextInt(3)));
            }
            if (WampUri.isValid(text.toString(), true, match)) {
                return new UriPattern(match, text.toString());
            }
        }
    }

    private <E extends Enum<E>> Set<E> some(Class<E> of, int chance) {
        Set<E> chosen = EnumSet.allOf(of);
        chosen.removeIf(each -> random.nextInt(chance) == 0);
        return chosen;
    }

    private List<Permission> rules() {
        Set<UriPattern> patterns = new HashSet<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            patterns.add(pattern());
        }
        return patterns.stream()
                .map(pattern -> new Permission(
                        pattern, some(Action.class, 4), some(MatchPolicy.class, 8), some(InvocationPolicy.class, 8)))
                .toList();
    }

    private AccessRequest request() {
        UriPattern wanted = pattern();
        return switch (Action.values()[random.nextInt(4)]) {
            case CALL -> AccessRequest.call(URIS.get(random.nextInt(URIS.size())));
            case PUBLISH -> AccessRequest.publish(URIS.get(random.nextInt(URIS.size())));
            case SUBSCRIBE -> AccessRequest.subscribe(wanted.match(), wanted.uri());
            case REGISTER ->
                AccessRequest.register(wanted.match(), wanted.uri(), InvocationPolicy.values()[random.nextInt(5)]);
        };
    }

    private static Set<String> members(UriPattern pattern) {
        Set<String> members = new HashSet<>();
        URIS.stream().filter(pattern::matches).forEach(members::add);
        return members;
    }

    /** The definition in docs/authorization.md, word by word. */
    private static boolean isAllowed(List<Permission> rules, AccessRequest request) {
        List<Set<String>> sets =
                rules.stream().map(rule -> members(rule.pattern())).toList();
        for (String uri : members(request.pattern())) {
            boolean decided = false;
            for (int i = 0; i < rules.size(); i++) {
                if (!sets.get(i).contains(uri) || isOverruled(sets, i, uri)) {
                    continue;
                }
                decided = true;
                if (!rules.get(i).allows(request)) {
                    return false;
                }
            }
            if (!decided) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOverruled(List<Set<String>> sets, int rule, String uri) {
        Set<String> own = sets.get(rule);
        return sets.stream()
                .anyMatch(other -> other.contains(uri) && other.size() < own.size() && own.containsAll(other));
    }

    @Test
    void aRequestIsAllowedIfAndOnlyIfItIsForEveryUriThatItWouldReach() {
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Permission> rules = rules();
            RolePermissions permissions = new RolePermissions(rules);
            for (int i = 0; i < REQUESTS; i++) {
                AccessRequest request = request();
                boolean expected = isAllowed(rules, request);
                allowed += expected ? 1 : 0;
                assertThat(permissions.decide(request).allowed())
                        .as("%s by %s", request, rules)
                        .isEqualTo(expected);
            }
        }
        assertThat(allowed).isBetween(ROUNDS * REQUESTS / 10, ROUNDS * REQUESTS * 9 / 10);
    }
}
