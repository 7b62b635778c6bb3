package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsEngineConfigTest {
    private static List<String> problems(String yaml) {
        return new ConfigLoader(Map.of(), List.of())
                .loadText("x", yaml).problems().stream().map(Object::toString).toList();
    }

    @Test
    void anEngineThatIsNotKnownIsToldWithThoseThatAre() {
        assertThat(problems("listeners: [{tls: {certificate: /dev/null, key: /dev/null, engine: gnutls}}]"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("1:68: error: listeners[0].tls.engine: ")
                        .contains("jdk, openssl")
                        .contains("found 'gnutls'"));
    }

    @Test
    void suitesThatOpensslAlwaysSpeaksHaveToBeNamedAll() {
        String suites =
                "listeners: [{tls: {certificate: /dev/null, key: /dev/null, engine: openssl, cipher-suites: [%s]}}]";
        assertThat(problems(suites.formatted("TLS_AES_256_GCM_SHA384")))
                .anySatisfy(problem -> assertThat(problem)
                        .contains(
                                "error: listeners[0].tls.cipher-suites: engine: openssl always speaks the suites of TLS 1.3")
                        .contains("TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256"));
        String all = "TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256";
        assertThat(problems(suites.formatted(all))).noneMatch(problem -> problem.contains("cipher-suites"));
    }
}
