/** The clients of a run and what they do; all on one event loop, so nothing here is shared between threads. */
@NullMarked
package dev.weft.load.chaos.client;

import org.jspecify.annotations.NullMarked;
