package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sessions of one role may do. */
public record RoleConfig(
        @Key(
                doc = "The name of the role: the `authrole` of the sessions that it is for.",
                required = true,
                example = "anonymous",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String name,

        @Key(
                doc = "What the role may do; all else is denied. Of the permissions that match a URI the most specific"
                        + " decides (docs/authorization.md).",
                value = "[]",
                example = "[{uri: com.example., match: prefix, allow: [call, subscribe]}]")
        List<PermissionConfig> permissions,

        @Key(
                doc = "A procedure that is asked about each request that the permissions allow"
                        + " (docs/authorization.md).",
                unset = "the permissions decide alone")
        @Nullable
        AuthorizerConfig authorizer,

        @Key(
                doc = "How many sessions of this role there may be on this node. `0` means as many as in the realm.",
                value = "0",
                min = "0",
                max = "10000000")
        int maxSessions,

        @Key(
                doc = "How many messages a second a session of this role may send, instead of"
                        + " `limits.max-message-rate`. `0` means that that holds.",
                value = "0",
                min = "0",
                max = "10000000")
        int maxMessageRate) {

    public RoleConfig {
        permissions = List.copyOf(permissions);
    }
}
