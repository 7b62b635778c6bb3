package dev.weft.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A certificate with its chain and its key, all checked.
 *
 * @param chain the certificate first, each signed by the next
 * @param names the DNS names that it is for, in lower case
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key, List<String> names) {
    private static final int DNS_NAME = 2;

    TlsIdentity {
        chain = List.copyOf(chain);
        names = List.copyOf(names);
    }

    static TlsIdentity of(Path certificatePath, PemFile certificates, Path keyPath, PemFile key, Instant now)
            throws TlsProblem {
        List<X509Certificate> chain = certificates.certificates();
        checkDates(certificatePath, chain, now);
        checkOrder(certificatePath, chain);
        X509Certificate own = chain.get(0);
        return new TlsIdentity(chain, PrivateKeys.read(keyPath, key.key(), own), dnsNames(own));
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Whether it is for {@code host}, exactly or by a wildcard for its first label (RFC 6125 section 6.4.3). */
    boolean isFor(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return names.contains(wanted) || (dot > 0 && names.contains("*" + wanted.substring(dot)));
    }

    /** The DNS names among the subject's alternative names and, where there are none, its common name. */
    static List<String> dnsNames(X509Certificate certificate) {
        List<String> names = alternativeNames(certificate);
        return names.isEmpty() ? commonNames(certificate) : names;
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            List<String> names = new ArrayList<>();
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT)));
            }
            return names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (InvalidNameException unreadable) {
            return List.of();
        }
    }

    private static void checkDates(Path path, List<X509Certificate> chain, Instant now) throws TlsProblem {
        for (X509Certificate certificate : chain) {
            String subject = certificate.getSubjectX500Principal().getName();
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                throw new TlsProblem(path + " has expired: " + subject + " was valid until "
                        + certificate.getNotAfter().toInstant());
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                throw new TlsProblem(path + " is not valid yet: " + subject + " is from "
                        + certificate.getNotBefore().toInstant() + " on");
            }
        }
    }

    private static void checkOrder(Path path, List<X509Certificate> chain) throws TlsProblem {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException notSigned) {
                throw new TlsProblem(
                        path + " is no chain: certificate " + i + " of it is not signed by certificate " + (i + 1),
                        notSigned);
            }
        }
    }
}
