package dev.weft.authorization;

import java.util.List;

/**
 * What permissions say to a request.
 *
 * @param allowed whether all that was asked for is allowed
 * @param by the rules that decided it: those that allow all of it, or those that deny it somewhere; none if it is denied
 *     because no rule matches
 */
public record Decision(boolean allowed, List<Permission> by) {
    public Decision {
        by = List.copyOf(by);
    }
}
