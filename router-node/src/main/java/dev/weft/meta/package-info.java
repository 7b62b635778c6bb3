/** What the router itself tells of a realm and does in it: sessions, meta events, testaments and the meta procedures. */
@NullMarked
package dev.weft.meta;

import org.jspecify.annotations.NullMarked;
