package dev.weft.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a certificate by the name that the client asks for (SNI, RFC 6066 section 3). A client that asks for none, or for
 * one that no certificate is for, gets the first. Nothing is remembered of what clients ask for. Never changes; aliases
 * are positions in the list.
 */
final class ServerNameKeys extends X509ExtendedKeyManager {
    private final List<TlsIdentity> identities;

    ServerNameKeys(List<TlsIdentity> identities) {
        this.identities = List.copyOf(identities);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        String host = requestedHost(engine);
        boolean named = host != null && identities.stream().anyMatch(identity -> identity.isFor(host));
        return first(keyType, named ? host : null);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return firstOf(keyTypes);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return firstOf(keyTypes);
    }

    /** Whoever is called says by its trust whether our certificate will do: the issuers that it names are not looked at. */
    private @Nullable String firstOf(String[] keyTypes) {
        for (String keyType : keyTypes) {
            String alias = first(keyType, null);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    private @Nullable String first(String keyType, @Nullable String host) {
        return IntStream.range(0, identities.size())
                .filter(i -> identities
                        .get(i)
                        .certificate()
                        .getPublicKey()
                        .getAlgorithm()
                        .equals(keyType))
                .filter(i -> host == null || identities.get(i).isFor(host))
                .mapToObj(Integer::toString)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String requestedHost(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsIdentity identity = identity(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsIdentity identity = identity(alias);
        return identity == null ? null : identity.key();
    }

    private @Nullable TlsIdentity identity(String alias) {
        int position = Integer.parseInt(alias);
        return position < identities.size() ? identities.get(position) : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return IntStream.range(0, identities.size()).mapToObj(Integer::toString).toArray(String[]::new);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return first(keyType, null);
    }
}
