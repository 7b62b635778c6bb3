/** Spans by the SDK of OpenTelemetry, exported by OTLP over HTTP. Loaded when tracing is on, and not before. */
@NullMarked
package dev.weft.tracing.otlp;

import org.jspecify.annotations.NullMarked;
