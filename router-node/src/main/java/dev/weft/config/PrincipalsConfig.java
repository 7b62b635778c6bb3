package dev.weft.config;

import java.util.List;

/** A file of principals. */
public record PrincipalsConfig(
        @Key(doc = "Who may join.", required = true, example = "[{authid: alice, role: user, ticket: secret}]")
        List<PrincipalConfig> principals) {

    public PrincipalsConfig {
        principals = List.copyOf(principals);
    }
}
