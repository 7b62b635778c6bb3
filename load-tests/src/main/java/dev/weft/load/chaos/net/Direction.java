package dev.weft.load.chaos.net;

/** What one node sends to another one; nodes are counted from 0. */
public record Direction(int from, int to) {}
