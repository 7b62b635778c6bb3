package dev.weft.config;

/** Clients whose certificates no principal names: who they are. */
public record CertificateAuthConfig(
        @Key(
                doc = "Which name in the certificate is the `authid`: there has to be exactly one.",
                required = true,
                example = "cn")
        CertificateNameKind authid,

        @Key(
                doc = "The `authrole`.",
                required = true,
                example = "device",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String role) {}
