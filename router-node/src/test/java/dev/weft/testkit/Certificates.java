package dev.weft.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Authorities and what they sign, made by the JDK's keytool, as PEM files in a directory of the test. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    public Certificates(Path directory) {
        this.directory = directory;
    }

    /**
     * The PEM file of a new authority.
     *
     * @param more for keytool
     */
    public Path authority(String name, String... more) throws IOException, GeneralSecurityException {
        List<String> arguments =
                new ArrayList<>(List.of("-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign"));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
        return certificate(name);
    }

    /**
     * A certificate that {@code authority} signs; its files are {@link #certificate} and {@link #key}.
     *
     * @param more for keytool
     */
    public void signed(String name, String authority, String... more) throws IOException, GeneralSecurityException {
        List<String> arguments = new ArrayList<>(List.of("-signer", authority));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
    }

    public Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    private void keytool(String name, String... more) throws IOException, GeneralSecurityException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keystore",
                store().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        if (!List.of(more).contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String says = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException(says);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        export(name);
    }

    private Path store() {
        return directory.resolve("all.p12");
    }

    private void export(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(name)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(certificate(name), chain);
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(key(name), pem("PRIVATE KEY", key));
    }

    private static String pem(String what, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
