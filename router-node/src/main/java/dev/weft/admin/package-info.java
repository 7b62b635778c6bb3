/** The admin port: how a node is, for people and for machines that watch, and the little that it can be told. */
@NullMarked
package dev.weft.admin;

import org.jspecify.annotations.NullMarked;
