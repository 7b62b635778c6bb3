/** WAMP by plain HTTP: requests that publish and call, and subscriptions as streams of events. */
@NullMarked
package dev.weft.transport.http;

import org.jspecify.annotations.NullMarked;
