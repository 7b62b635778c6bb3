package dev.weft.link;

/** The connecting side has checked the proof of the accepting side: the link is up. */
public record LinkWelcome() implements LinkHandshake {}
