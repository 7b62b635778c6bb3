@NullMarked
package dev.weft.load.conformance;

import org.jspecify.annotations.NullMarked;
