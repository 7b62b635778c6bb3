/** What event loops ask of the tables that the whole cluster shares; the cluster's rooms answer it. */
@NullMarked
package dev.weft.directory;

import org.jspecify.annotations.NullMarked;
