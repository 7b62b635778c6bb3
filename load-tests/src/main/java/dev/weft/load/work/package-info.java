/** What sessions do to a router in a run, and the run itself from its connections to its result. */
@NullMarked
package dev.weft.load.work;

import org.jspecify.annotations.NullMarked;
