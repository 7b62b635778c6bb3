package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong in realms of which others are made, and which realm a name stands for. */
class RealmsOnDemandConfigTest {
    private static ConfigReport load(String text) {
        return new ConfigLoader(Map.of(), List.of()).loadText("f.yaml", text);
    }

    @Test
    void eachMistakeIsNamedWithItsLine() {
        ConfigReport report = load("""
                realms:
                - uri: com.tenant.
                  on-demand: {match: exact}
                  auth: {methods: [anonymous]}
                  history: [{uri: com.x}]
                  roles: [{name: anonymous}]
                - uri: org.tenant.
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous}]
                - uri: net.tenant.
                  on-demand: {max-realms: 0}
                  auth: {methods: [ticket], dynamic: {procedure: a.b, methods: [ticket]}}
                  roles: [{name: user}]
                """);

        assertThat(report.config()).isEmpty();
        assertThat(report.problems().toString())
                .contains(
                        "f.yaml:3:14: error: realms[0].on-demand.match: has to be prefix or wildcard",
                        "realms[0].on-demand: anyone who can connect would make realms",
                        "f.yaml:5:12: error: realms[0].history: not in realms on demand",
                        "f.yaml:7:8: error: realms[1].uri: 'org.tenant.' is no URI",
                        "f.yaml:11:27: error: realms[2].on-demand.max-realms");
    }

    @Test
    void anAuthenticatorCannotBeInARealmThatIsNotThereYet() {
        ConfigReport report = load("""
                realms:
                - uri: com.tenant.
                  on-demand: {}
                  auth: {methods: [ticket], dynamic: {procedure: a.b, methods: [ticket]}}
                  roles: [{name: user}]
                """);

        assertThat(report.problems().toString()).contains("realms[0].auth.dynamic.realm: missing");
    }

    @Test
    void aNameStandsForTheRealmThatHasItElseForTheFirstThatIsForIt() {
        String rest = "auth: {methods: [anonymous]}, roles: [{name: anonymous}]}\n";
        String made = "on-demand: {allow-anonymous: true}, ";
        List<RealmConfig> realms = load("realms:\n"
                        + "- {uri: com.a., " + made + rest
                        + "- {uri: com., " + made + "uri-check: strict, " + rest
                        + "- {uri: com.a.named, " + rest
                        + "- {uri: \"org..x\", on-demand: {match: wildcard, allow-anonymous: true}, " + rest)
                .config()
                .orElseThrow()
                .realms();
        RealmCatalog catalog = new RealmCatalog(realms);

        assertThat(catalog.find("com.a.1")).isSameAs(realms.get(0));
        assertThat(catalog.find("com.b")).isSameAs(realms.get(1));
        assertThat(catalog.find("com.B")).isNull();
        assertThat(catalog.find("com.a.named")).isSameAs(realms.get(2));
        assertThat(catalog.findOnDemand("com.a.named")).isNull();
        assertThat(catalog.find("org.y.x")).isSameAs(realms.get(3));
        assertThat(catalog.find("org.y.z")).isNull();
        assertThat(catalog.named()).containsExactly(realms.get(2));
    }
}
