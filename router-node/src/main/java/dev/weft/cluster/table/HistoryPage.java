package dev.weft.cluster.table;

import dev.weft.directory.HistoryAnswer;
import java.util.List;

/**
 * What a history answers, as it crosses between members.
 *
 * @param events that were asked for; none if one of the others is not 0
 * @param fitting how many of them one result may hold, if that is not all
 * @param unknown a publication that was asked for and is not in the history
 */
record HistoryPage(List<StoredEvent> events, int fitting, long unknown) {
    static final HistoryPage EMPTY = new HistoryPage(List.of(), 0, 0);

    HistoryPage {
        events = List.copyOf(events);
    }

    static HistoryPage tooLong(int fitting) {
        return new HistoryPage(List.of(), fitting, 0);
    }

    static HistoryPage without(long publication) {
        return new HistoryPage(List.of(), 0, publication);
    }

    HistoryAnswer answer() {
        if (unknown != 0) {
            return new HistoryAnswer.UnknownPublication(unknown);
        }
        if (fitting != 0) {
            return new HistoryAnswer.TooLong(fitting);
        }
        return new HistoryAnswer.Found(events.stream()
                .map(stored -> new HistoryAnswer.PastEvent(stored.stamp(), stored.event()))
                .toList());
    }
}
