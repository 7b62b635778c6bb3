/** Weft side by side with others in one run: what is compared, who takes part, and the page that comes of it. */
@NullMarked
package dev.weft.load.compare;

import org.jspecify.annotations.NullMarked;
