/** JMH benchmarks of the hot path: decode, encode, match and fan-out. */
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
