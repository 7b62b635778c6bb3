/** Spans of calls and publications, for whoever collects them; nothing of it costs anything while it is off. */
@NullMarked
package dev.weft.tracing;

import org.jspecify.annotations.NullMarked;
