package dev.weft.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which credentials are taken for the same. */
class CredentialsTest {
    private static byte[] digest(String... authorization) {
        return Objects.requireNonNull(Credentials.of(List.of(authorization))).digest();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theDigestIsTheSameForTheSameAndAnotherForAllOthers() {
        List<byte[]> all = List.of(
                digest(),
                digest(basic("alice:secret")),
                digest(basic("alice:secreT")),
                digest(basic("alices:ecret")),
                digest(basic("alice:")),
                digest("Bearer alice"),
                digest("Bearer secret"));
        assertThat(all.stream().map(Arrays::toString).distinct()).hasSameSizeAs(all);
        assertThat(digest(basic("alice:secret"))).isEqualTo(all.get(1));
    }
}
