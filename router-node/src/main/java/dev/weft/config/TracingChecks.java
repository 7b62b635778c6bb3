package dev.weft.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What has to be right between the keys of {@code tracing}. */
final class TracingChecks {
    private static final Set<String> TAKEN =
            Set.of("service.name", "service.instance.id", "service.version", "weft.cluster");

    private TracingChecks() {}

    static void tracing(TracingConfig tracing, Place place, Problems problems) {
        Set<String> names = new HashSet<>();
        for (String attribute : tracing.attributes()) {
            String name = attribute.substring(0, attribute.indexOf('='));
            if (TAKEN.contains(name)) {
                String hint = name.equals("service.name") ? "write service-name" : "";
                problems.error(
                        place.originOf("attributes"),
                        place.pathOf("attributes"),
                        "the node itself says what " + name + " is",
                        hint);
            } else if (!names.add(name)) {
                problems.error(place.originOf("attributes"), place.pathOf("attributes"), "has " + name + " twice");
            }
        }
        Set<String> headers = new HashSet<>();
        for (HeaderConfig header : tracing.headers()) {
            if (!headers.add(header.name().toLowerCase(Locale.ROOT))) {
                problems.error(place.originOf("headers"), place.pathOf("headers"), "has " + header.name() + " twice");
            }
        }
    }
}
