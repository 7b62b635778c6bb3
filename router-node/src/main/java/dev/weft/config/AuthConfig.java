package dev.weft.config;

import java.util.List;

/** Who may join a realm. */
public record AuthConfig(
        @Key(
                doc = "How clients may authenticate. `anonymous` lets anyone in who can connect.",
                required = true,
                example = "[anonymous]")
        List<AuthMethod> methods,

        @Key(
                doc = "The `authrole` of anonymous sessions.",
                value = "anonymous",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String anonymousRole) {

    public AuthConfig {
        methods = List.copyOf(methods);
    }
}
