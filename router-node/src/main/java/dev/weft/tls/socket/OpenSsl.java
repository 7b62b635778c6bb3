package dev.weft.tls.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine {@code openssl} can do here. */
public final class OpenSsl {
    /** BoringSSL does not let anybody choose among the suites of TLS 1.3. */
    public static final List<String> SUITES_ALWAYS_SPOKEN =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private OpenSsl() {}

    /** Why the engine cannot be used on this system; null if it can. The first call loads the native library. */
    public static @Nullable String missing() {
        Throwable cause = io.netty.handler.ssl.OpenSsl.unavailabilityCause();
        return cause == null ? null : reason(cause);
    }

    static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return "the native library that openssl needs cannot be loaded here (" + system
                + "; it is there for Linux with glibc on x86-64 and aarch64): " + root;
    }
}
