package dev.weft.load.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that nobody has signed, for everybody's TLS: made by the JDK's keytool, as PEM files.
 *
 * @param certificate PEM
 * @param key PEM, PKCS #8
 */
record ServerCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /** Makes it unless it is there already. */
    static ServerCertificate in(Workshop workshop) throws Unavailable, IOException, InterruptedException {
        ServerCertificate pair = new ServerCertificate(workshop.file("server.crt"), workshop.file("server.key"));
        if (Files.exists(pair.certificate()) && Files.exists(pair.key())) {
            return pair;
        }
        Path store = workshop.file("server.p12");
        Files.deleteIfExists(store);
        workshop.run(workshop.directory(), keytool(store));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            write(
                    pair.key(),
                    "PRIVATE KEY",
                    keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
            write(
                    pair.certificate(),
                    "CERTIFICATE",
                    keys.getCertificate("server").getEncoded());
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("what keytool made cannot be read", unreadable);
        }
        return pair;
    }

    private static List<String> keytool(Path store) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
    }

    private static void write(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
        Files.writeString(file, pem, StandardCharsets.US_ASCII);
    }
}
