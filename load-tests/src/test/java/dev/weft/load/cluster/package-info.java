/** What a cluster of three processes promises, shown from outside by clients at different nodes. */
@NullMarked
package dev.weft.load.cluster;

import org.jspecify.annotations.NullMarked;
