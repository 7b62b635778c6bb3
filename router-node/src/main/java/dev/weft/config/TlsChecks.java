package dev.weft.config;

import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.socket.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Whether what is configured for TLS can be used: the files are there, belong together and are valid. */
final class TlsChecks {
    private final Problems problems;

    TlsChecks(Problems problems) {
        this.problems = problems;
    }

    void port(TlsConfig tls, Place place) {
        boolean readable = readable(tls.certificate(), "certificate", place) & readable(tls.key(), "key", place);
        for (Path authority : tls.trust()) {
            readable &= readable(authority, "trust", place);
        }
        for (CertificateConfig more : tls.additionalCertificates()) {
            readable &= readable(more.certificate(), "additional-certificates", place)
                    & readable(more.key(), "additional-certificates", place);
        }
        boolean asked = tls.clientAuth() != ClientAuth.NONE;
        if (asked && tls.trust().isEmpty()) {
            problems.error(
                    place.originOf("client-auth"),
                    place.pathOf("client-auth"),
                    "needs trust: the authorities that sign the certificates of clients");
        } else if (!asked && !tls.trust().isEmpty()) {
            problems.error(
                    place.originOf("trust"),
                    place.pathOf("trust"),
                    "clients are not asked for certificates",
                    "write client-auth: require, or request");
        } else if (engine(tls.engine(), place) & suites(tls, place) & readable) {
            usable(tls.settings(place.path()), place);
        }
    }

    void link(LinkTlsConfig tls, Place place) {
        boolean readable = readable(tls.certificate(), "certificate", place)
                & readable(tls.key(), "key", place)
                & readable(tls.ca(), "ca", place);
        if (engine(tls.engine(), place) & readable) {
            usable(tls.settings(), place);
        }
    }

    private boolean readable(Path file, String key, Place place) {
        boolean there = Files.exists(file) && !Files.isDirectory(file);
        if (there && Files.isReadable(file)) {
            return true;
        }
        String fault = there ? "the file " + file + " may not be read" : "there is no file " + file;
        problems.error(place.originOf(key), place.pathOf(key), fault);
        return false;
    }

    /** Whoever asks for the native library gets it, or no node: never another engine. */
    private boolean engine(TlsEngine engine, Place place) {
        String missing = engine == TlsEngine.OPENSSL ? OpenSsl.missing() : null;
        if (missing == null) {
            return true;
        }
        problems.error(
                place.originOf("engine"),
                place.pathOf("engine"),
                missing,
                "engine: jdk, the default, works everywhere");
        return false;
    }

    private boolean suites(TlsConfig tls, Place place) {
        if (!knownSuites(tls.cipherSuites(), place)) {
            return false;
        }
        boolean all = tls.cipherSuites().isEmpty() || tls.cipherSuites().containsAll(OpenSsl.SUITES_ALWAYS_SPOKEN);
        if (tls.engine() != TlsEngine.OPENSSL || all) {
            return true;
        }
        problems.error(
                place.originOf("cipher-suites"),
                place.pathOf("cipher-suites"),
                "engine: openssl always speaks the suites of TLS 1.3, so that all of them have to be named: "
                        + String.join(", ", OpenSsl.SUITES_ALWAYS_SPOKEN),
                "with engine: jdk each can be left out");
        return false;
    }

    private boolean knownSuites(List<String> suites, Place place) {
        List<String> known;
        try {
            known = List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK speaks TLS", missing);
        }
        List<String> unknown =
                suites.stream().filter(suite -> !known.contains(suite)).toList();
        unknown.forEach(suite -> problems.error(
                place.originOf("cipher-suites"),
                place.pathOf("cipher-suites"),
                "this Java does not know " + suite,
                Suggestions.didYouMean(suite, known)));
        return unknown.isEmpty();
    }

    /** Certificates say from when to when they are valid by the wall clock. */
    private void usable(TlsSettings settings, Place place) {
        try {
            TlsMaterial.read(settings, InstantSource.system().instant());
        } catch (TlsProblem unusable) {
            problems.error(place.originOf("certificate"), place.path(), String.valueOf(unusable.getMessage()));
        }
    }
}
