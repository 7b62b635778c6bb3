package dev.weft.config;

import java.util.List;

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
        List<PermissionConfig> permissions) {

    public RoleConfig {
        permissions = List.copyOf(permissions);
    }
}
