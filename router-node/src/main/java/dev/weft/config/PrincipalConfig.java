package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Someone who may join, and what proves it. */
public record PrincipalConfig(
        @Key(
                doc = "The name.",
                required = true,
                example = "alice",
                pattern = ".{1,256}",
                patternSays = "1 to 256 characters")
        String authid,

        @Key(
                doc = "The `authrole` of its sessions.",
                required = true,
                example = "user",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String role,

        @Key(
                doc = "The realms that it may join.",
                value = "[]",
                unset = "all that name this file",
                example = "[realm1]")
        List<String> realms,

        @Key(doc = "Whether it may join at all.", value = "true")
        boolean enabled,

        @Key(
                doc = "For `ticket`: the ticket, or its hash as `$argon2id$v=19$m=...,t=...,p=1$salt$hash` or"
                        + " `$pbkdf2-sha256$i=...$salt$hash`.",
                unset = "no ticket")
        @Nullable
        Secret ticket,

        @Key(
                doc = "For `wampcra`: the secret, or what is derived from it as `$wampcra$i=...,l=32$salt$key`.",
                unset = "not by WAMP-CRA")
        @Nullable
        Secret wampcra,

        @Key(
                doc = "For `wamp-scram`: `$scram$kdf=pbkdf2,i=...$salt$stored-key$server-key` or"
                        + " `$scram$kdf=argon2id13,i=...,m=...$salt$stored-key$server-key`.",
                unset = "not by WAMP-SCRAM")
        @Nullable
        Secret scram,

        @Key(
                doc = "For `cryptosign`: the public keys, 64 hexadecimal digits each.",
                value = "[]",
                pattern = "[0-9a-fA-F]{64}",
                patternSays = "64 hexadecimal digits")
        List<String> publicKeys,

        @Key(
                doc =
                        "For `tls`: names that the client's certificate has to have one of: `cn:...`, `dns:...`, `email:...`,"
                                + " `uri:...`.",
                value = "[]",
                pattern = "(cn|dns|email|uri):.{1,256}",
                patternSays = "cn:, dns:, email: or uri: and a name")
        List<String> certificates) {

    public PrincipalConfig {
        realms = List.copyOf(realms);
        publicKeys = List.copyOf(publicKeys);
        certificates = List.copyOf(certificates);
    }
}
