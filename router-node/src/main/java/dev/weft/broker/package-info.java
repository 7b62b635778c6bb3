/** The broker: which subscribers get an event. */
@NullMarked
package dev.weft.broker;

import org.jspecify.annotations.NullMarked;
