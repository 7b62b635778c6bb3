package dev.weft.link;

/** All that the sending node held when the link came up has been told. */
public record SnapshotEnd() implements TableChange {}
