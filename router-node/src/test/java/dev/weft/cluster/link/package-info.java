@NullMarked
package dev.weft.cluster.link;

import org.jspecify.annotations.NullMarked;
