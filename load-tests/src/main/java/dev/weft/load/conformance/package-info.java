/**
 * Judges any WAMP router by what it sends: each feature of the specification over each transport and serializer, with
 * the roles on one node or spread over several.
 */
@NullMarked
package dev.weft.load.conformance;

import org.jspecify.annotations.NullMarked;
