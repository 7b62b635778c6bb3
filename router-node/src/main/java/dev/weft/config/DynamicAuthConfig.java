package dev.weft.config;

import java.time.Duration;
import java.util.List;

/** An authenticator: a procedure that says who a client is. */
public record DynamicAuthConfig(
        @Key(
                doc = "The procedure. Clients cannot call it, and nobody can register a pattern that matches it.",
                required = true,
                example = "com.example.authenticate",
                pattern = "([^\\s.#]+\\.)*[^\\s.#]+",
                patternSays = "a URI: components without spaces and #, joined by dots")
        String procedure,

        @Key(doc = "The realm in which it is registered.", unset = "the realm that clients want to join")
        String realm,

        @Key(
                doc = "The `authrole` that may register it.",
                value = "authenticator",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String role,

        @Key(
                doc = "The methods that it decides, and no file of principals does.",
                required = true,
                example = "[ticket]")
        List<AuthMethod> methods,

        @Key(
                doc = "How long it may take to answer; then the client is refused.",
                value = "5s",
                min = "100ms",
                max = "1m")
        Duration timeout) {

    public DynamicAuthConfig {
        methods = List.copyOf(methods);
    }

    /** The realm in which it is registered, if clients want to join {@code asking}. */
    public String realmOr(String asking) {
        return realm.isEmpty() ? asking : realm;
    }
}
