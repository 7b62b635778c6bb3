/** What the specification asks of a router, one class for each feature. */
@NullMarked
package dev.weft.load.conformance.feature;

import org.jspecify.annotations.NullMarked;
