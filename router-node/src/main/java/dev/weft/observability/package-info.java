/** What is measured: counters that event loops can afford, and the metrics made of them. */
@NullMarked
package dev.weft.observability;

import org.jspecify.annotations.NullMarked;
