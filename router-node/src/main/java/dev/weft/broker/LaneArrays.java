package dev.weft.broker;

import dev.weft.lane.Lane;
import java.util.Arrays;

/** Sets of lanes as arrays that are copied when changed: small, read on every publication, changed rarely. */
final class LaneArrays {
    private LaneArrays() {}

    static boolean contains(Lane[] lanes, Lane lane) {
        for (Lane present : lanes) {
            if (present == lane) {
                return true;
            }
        }
        return false;
    }

    static Lane[] with(Lane[] lanes, Lane lane) {
        if (contains(lanes, lane)) {
            return lanes;
        }
        Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
        more[lanes.length] = lane;
        return more;
    }

    static Lane[] without(Lane[] lanes, Lane lane) {
        if (!contains(lanes, lane)) {
            return lanes;
        }
        Lane[] fewer = new Lane[lanes.length - 1];
        int count = 0;
        for (Lane present : lanes) {
            if (present != lane) {
                fewer[count++] = present;
            }
        }
        return fewer;
    }
}
