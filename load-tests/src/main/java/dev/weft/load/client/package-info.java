/**
 * The sessions that put load on a router: what they speak, over which transport, and what their messages carry so that loss
 * and delay can be told. Everything runs on one event loop, so nothing is shared between threads.
 */
@NullMarked
package dev.weft.load.client;

import org.jspecify.annotations.NullMarked;
