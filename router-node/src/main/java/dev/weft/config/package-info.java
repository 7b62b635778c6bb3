/**
 * What a node is told to do: one immutable tree of records, read from a YAML file, the environment and the command line.
 *
 * <p>{@link dev.weft.config.NodeConfig} is the tree; the {@link dev.weft.config.Key} annotation on each record component
 * holds its default, range and description. Loading, checking, the reference documentation, the commented default file and
 * the JSON Schema are all derived from it, so a new key is one record component. Reading order: {@code NodeConfig},
 * {@code ConfigSchema}, {@code ConfigLoader}, {@code ConfigBinder}, {@code ConfigChecks}.
 */
@NullMarked
package dev.weft.config;

import org.jspecify.annotations.NullMarked;
