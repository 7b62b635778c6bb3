package dev.weft.config;

/** The names in a certificate. */
public enum CertificateNameKind {
    /** The common name of the subject. */
    CN,
    /** A DNS name among the subject's alternative names. */
    DNS,
    /** A mail address among them. */
    EMAIL,
    /** A URI among them. */
    URI
}
