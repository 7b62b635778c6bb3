/** What is measured of a run: latencies, what was lost, doubled or out of order, and what the processes used. */
@NullMarked
package dev.weft.load.measure;

import org.jspecify.annotations.NullMarked;
