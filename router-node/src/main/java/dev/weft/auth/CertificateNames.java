package dev.weft.auth;

import dev.weft.config.CertificateNameKind;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names in a certificate (RFC 5280, sections 4.1.2.6 and 4.2.1.6), each with its kind. */
final class CertificateNames {
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    private CertificateNames() {}

    /** As principals write them: {@code cn:...}, {@code dns:...}, {@code email:...}, {@code uri:...}. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (CertificateNameKind kind : CertificateNameKind.values()) {
            of(certificate, kind).forEach(name -> names.add(kind.name().toLowerCase(Locale.ROOT) + ":" + name));
        }
        return names;
    }

    static List<String> of(X509Certificate certificate, CertificateNameKind kind) {
        return switch (kind) {
            case CN -> commonNames(certificate);
            case DNS -> alternatives(certificate, DNS);
            case EMAIL -> alternatives(certificate, EMAIL);
            case URI -> alternatives(certificate, URI);
        };
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (InvalidNameException unreadable) {
            return List.of();
        }
    }

    private static List<String> alternatives(X509Certificate certificate, int type) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
