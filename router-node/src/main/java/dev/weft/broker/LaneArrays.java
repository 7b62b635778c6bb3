package dev.weft.broker;

import dev.weft.lane.Lane;
import java.util.Arrays;

/** Sets of lanes as arrays that are copied when changed: small, read on every publication, changed rarely. */
final class LaneArrays {
    private LaneArrays() {}

    static Lane[] with(Lane[] lanes, Lane lane) {
        for (Lane present : lanes) {
            if (present == lane) {
                return lanes;
            }
        }
        Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
        more[lanes.length] = lane;
        return more;
    }

    static Lane[] without(Lane[] lanes, Lane lane) {
        return Arrays.stream(lanes).filter(present -> present != lane).toArray(Lane[]::new);
    }
}
