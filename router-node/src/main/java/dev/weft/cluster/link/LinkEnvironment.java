package dev.weft.cluster.link;

/** What the connections of one node share. */
record LinkEnvironment(
        LinkOptions options, LinkListener listener, LinkCounters counters, LinkSlots slots, LinkAdmission admission) {}
