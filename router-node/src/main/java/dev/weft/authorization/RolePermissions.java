package dev.weft.authorization;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one role. Immutable.
 *
 * <p>Of the rules that match a URI the most specific decides. One is more specific than another if all URIs of its pattern
 * are matched by the other, too, but not the other way round. Where several match of which none is more specific than
 * another, all of them have to allow it. What no rule matches is denied. A pattern is allowed if every URI is that it can
 * match.
 */
public final class RolePermissions {
    /** Of a role that is not configured: nothing is allowed. */
    public static final RolePermissions NONE = new RolePermissions(List.of());

    private final List<Permission> rules;

    /** @param rules in any order, each with a pattern of its own */
    public RolePermissions(List<Permission> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What the rules say. Takes time in proportion to their number. */
    public Decision decide(AccessRequest request) {
        List<Permission> matching = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        doubtful.add(request.pattern().anyMember());
        for (Permission rule : rules) {
            String member = rule.pattern().anyCommonMember(request.pattern());
            if (member == null) {
                continue;
            }
            matching.add(rule);
            if (!rule.allows(request)) {
                doubtful.add(member);
            }
        }
        return decide(request, matching, doubtful);
    }

    /**
     * Rules that match only some of the URIs asked for decide for those. A rule that denies does so somewhere if it does
     * for the member that the fewest other rules match.
     */
    private static Decision decide(AccessRequest request, List<Permission> matching, List<String> doubtful) {
        List<Permission> allowing = List.of();
        for (String uri : doubtful) {
            List<Permission> deciding = mostSpecific(matching, uri);
            List<Permission> denying =
                    deciding.stream().filter(rule -> !rule.allows(request)).toList();
            if (deciding.isEmpty() || !denying.isEmpty()) {
                return new Decision(false, denying);
            }
            allowing = allowing.isEmpty() ? deciding : allowing;
        }
        return new Decision(true, allowing);
    }

    private static List<Permission> mostSpecific(List<Permission> rules, String uri) {
        List<Permission> matching =
                rules.stream().filter(rule -> rule.pattern().matches(uri)).toList();
        return matching.stream()
                .filter(rule -> matching.stream().noneMatch(other -> other.isMoreSpecificThan(rule)))
                .toList();
    }
}
