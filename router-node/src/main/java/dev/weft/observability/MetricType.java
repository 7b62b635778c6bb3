package dev.weft.observability;

/** What kind of figures a metric has. */
public enum MetricType {
    /** Only grows, from the start of the node; its name ends in {@code _total}. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Always 1: its labels are what it says; its name ends in {@code _info}. */
    INFO,
    /** How values are spread over ranges: {@code _bucket}, {@code _sum} and {@code _count}. */
    HISTOGRAM
}
