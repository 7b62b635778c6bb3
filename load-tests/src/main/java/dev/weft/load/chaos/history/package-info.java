/** What happened in a run, as the clients and the faults saw it, in the order of one clock. */
@NullMarked
package dev.weft.load.chaos.history;

import org.jspecify.annotations.NullMarked;
