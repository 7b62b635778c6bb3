package dev.weft.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes certificates (RFC 5280) with keys on the curve P-256, for trying out and for clusters whose operators have no
 * authority of their own.
 */
public final class CertificateAuthority {
    private static final int SERIAL_BITS = 126;
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private final byte[] name;
    private final PrivateKey key;

    private CertificateAuthority(byte[] name, PrivateKey key) {
        this.name = name;
        this.key = key;
    }

    /**
     * For whom a certificate is.
     *
     * @param name its common name
     * @param dns host names
     * @param ips addresses, 4 or 16 octets each
     * @param from when it begins to be valid; a few minutes earlier, in fact, for clocks that differ
     */
    public record Subject(String name, List<String> dns, List<byte[]> ips, Instant from, Duration validity) {
        public Subject {
            dns = List.copyOf(dns);
            ips = List.copyOf(ips);
        }

        /** Without other names. */
        public static Subject named(String name, Instant from, Duration validity) {
            return new Subject(name, List.of(), List.of(), from, validity);
        }
    }

    /** A new authority: its certificate signs itself. */
    public static IssuedCertificate create(Subject subject) {
        KeyPair keys = keyPair();
        byte[] name = name(subject.name);
        return new CertificateAuthority(name, keys.getPrivate()).sign(name, subject, keys, authority());
    }

    /** A certificate that signs itself and is for servers and clients. */
    public static IssuedCertificate selfSigned(Subject subject) {
        KeyPair keys = keyPair();
        byte[] name = name(subject.name);
        return new CertificateAuthority(name, keys.getPrivate()).sign(name, subject, keys, endEntity(subject));
    }

    public static CertificateAuthority of(IssuedCertificate authority) {
        return new CertificateAuthority(
                authority.certificate().getSubjectX500Principal().getEncoded(), authority.key());
    }

    /** An authority that was made before. Reads files. */
    public static CertificateAuthority read(Path certificate, Path key, Instant now) throws TlsProblem {
        TlsSettings settings = TlsSettings.server("authority", new CertificateFiles(certificate, key));
        TlsIdentity identity = TlsMaterial.read(settings, now).identities().get(0);
        if (identity.certificate().getBasicConstraints() < 0) {
            throw new TlsProblem(certificate + " is no authority: it may not sign certificates");
        }
        return new CertificateAuthority(
                identity.certificate().getSubjectX500Principal().getEncoded(), identity.key());
    }

    /** A certificate for servers and clients. */
    public IssuedCertificate issue(Subject subject) {
        return sign(name(subject.name), subject, keyPair(), endEntity(subject));
    }

    private IssuedCertificate sign(byte[] subjectName, Subject subject, KeyPair keys, byte[] extensions) {
        Instant from = subject.from.minus(CLOCK_DIFFERENCE);
        byte[] algorithm = Der.sequence(Der.oid(isRsa() ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2"));
        byte[] toSign = Der.sequence(
                Der.element(0xA0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)),
                algorithm,
                name,
                Der.sequence(Der.time(from), Der.time(subject.from.plus(subject.validity))),
                subjectName,
                keys.getPublic().getEncoded(),
                Der.element(0xA3, extensions));
        try {
            Signature signature = Signature.getInstance(isRsa() ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(toSign);
            byte[] whole = Der.sequence(toSign, algorithm, Der.bits(0, signature.sign()));
            X509Certificate made = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
            return new IssuedCertificate(made, keys.getPrivate());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the certificate could not be made", failure);
        }
    }

    private boolean isRsa() {
        return key.getAlgorithm().equals("RSA");
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has P-256", missing);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
    }

    /** May sign certificates and lists of revoked ones, and nothing else. */
    private static byte[] authority() {
        return Der.sequence(
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.yes())),
                extension(KEY_USAGE, true, Der.bits(1, new byte[] {0x06})));
    }

    private static byte[] endEntity(Subject subject) {
        List<byte[]> names = new ArrayList<>();
        subject.dns.forEach(dns -> names.add(Der.element(DNS_NAME, dns.getBytes(StandardCharsets.US_ASCII))));
        subject.ips.forEach(ip -> names.add(Der.element(IP_ADDRESS, ip)));
        List<byte[]> extensions = new ArrayList<>();
        extensions.add(extension(BASIC_CONSTRAINTS, true, Der.sequence()));
        extensions.add(extension(KEY_USAGE, true, Der.bits(7, new byte[] {(byte) 0x80})));
        extensions.add(extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER), Der.oid(CLIENT))));
        if (!names.isEmpty()) {
            extensions.add(extension(ALTERNATIVE_NAMES, false, Der.sequence(names.toArray(byte[][]::new))));
        }
        return Der.sequence(extensions.toArray(byte[][]::new));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }
}
