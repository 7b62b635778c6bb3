/** What a run is to do, and how it is written down in YAML. */
@NullMarked
package dev.weft.load.scenario;

import org.jspecify.annotations.NullMarked;
