package dev.weft.config;

/** How a JSON Web Token may be signed (RFC 7518): with the private key of a pair, so that no key can be taken for another kind. */
public enum JwtAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512
}
