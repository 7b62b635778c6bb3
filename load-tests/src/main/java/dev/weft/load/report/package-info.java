/** The result of a run, and the forms in which it is shown. */
@NullMarked
package dev.weft.load.report;

import org.jspecify.annotations.NullMarked;
