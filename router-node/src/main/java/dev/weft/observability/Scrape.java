package dev.weft.observability;

/**
 * All metrics at one moment.
 *
 * @param type of the content, as HTTP names it
 */
public record Scrape(String type, String text) {}
