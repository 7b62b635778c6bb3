package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roles of which none could register the procedure that decides, or more than one. */
class AuthorizerConfigTest {
    private static final String ASKED = ", permissions: [{uri: a, allow: [call]}], authorizer: ";

    private static List<String> problems(String roles) {
        String yaml = "realms:\n- uri: r\n  auth: {methods: [anonymous]}\n  roles: [" + roles + "]\n";
        return new ConfigLoader(Map.of(), List.of())
                .loadText("test", yaml).problems().stream().map(String::valueOf).toList();
    }

    @Test
    void aRoleThatIsNotThereRegistersNothing() {
        assertThat(problems("{name: anonymous" + ASKED + "{procedure: p}}"))
                .singleElement()
                .asString()
                .contains(
                        "4:10: error: realms[0].roles[0].authorizer.role: there is no role 'authorizer', so that nobody"
                                + " can register p");
    }

    @Test
    void nobodyIsAskedWhetherHeMayBeAsked() {
        assertThat(problems("{name: anonymous" + ASKED + "{procedure: p, role: anonymous}}"))
                .singleElement()
                .asString()
                .contains("4:10: error: realms[0].roles[0].authorizer.role: p would be asked whether 'anonymous' may"
                        + " register it");
    }

    @Test
    void oneRoleAloneRegistersAProcedure() {
        String two = "{name: anonymous" + ASKED + "{procedure: p, role: one}}, {name: user" + ASKED
                + "{procedure: p, role: two}}, {name: one}, {name: two}";
        assertThat(problems(two))
                .singleElement()
                .asString()
                .contains("realms[0].roles[1].authorizer.role: 'one' is said elsewhere to register p in r");
        assertThat(problems(two.replace("role: two", "role: one"))).isEmpty();
    }
}
