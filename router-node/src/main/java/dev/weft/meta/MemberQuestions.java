package dev.weft.meta;

import dev.weft.lane.Alarm;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMembers;
import dev.weft.link.RoutedMembersAsked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop asks the others, and other nodes, about a subscription or registration. A node that goes down while
 * it is asked has nobody any more and is not waited for. Belongs to its event loop.
 */
final class MemberQuestions {
    /** Longer than it takes to find that a node is down. */
    private static final long PATIENCE_MILLIS = 10_000;

    /**
     * What all who were asked said together.
     *
     * @param created the earliest, in milliseconds since 1970; 0 if nobody knows
     */
    record Members(long created, List<Long> sessions) {}

    private static final class Question {
        private final Consumer<@Nullable Members> answer;
        /** Who has yet to answer; how many more answers come, 0 if that is not known. */
        private final Map<Lane, Integer> missing = new IdentityHashMap<>();

        private final List<Long> sessions = new ArrayList<>();
        private long created;
        private @Nullable Alarm alarm;

        private Question(Consumer<@Nullable Members> answer) {
            this.answer = answer;
        }
    }

    private final String realm;
    private final LocalLane lane;
    private final Map<Long, Question> open = new HashMap<>();
    private long last;

    MemberQuestions(String realm, LocalLane lane) {
        this.realm = realm;
        this.lane = lane;
    }

    /**
     * Asks whoever is behind {@code lanes}.
     *
     * @param registration whether {@code id} is that of a registration
     * @param answer is given null if somebody does not answer in time
     */
    void ask(boolean registration, long id, Collection<Lane> lanes, Consumer<@Nullable Members> answer) {
        Question question = new Question(answer);
        lanes.forEach(to -> question.missing.put(to, 0));
        long number = ++last;
        open.put(number, question);
        RoutedMembersAsked asked = new RoutedMembersAsked(realm, lane.index(), number, registration, id);
        lanes.forEach(to -> to.send(asked, lane));
        if (!endIfAnswered(number, question)) {
            question.alarm = lane.schedule(PATIENCE_MILLIS, () -> end(number, question, false));
        }
    }

    /** @param from who was asked, or the lane to it */
    void told(RoutedMembers members, Lane from) {
        Question question = open.get(members.question());
        Integer before = question == null ? null : question.missing.get(from);
        if (question == null || before == null) {
            return;
        }
        if (members.created() != 0) {
            question.created =
                    question.created == 0 ? members.created() : Math.min(question.created, members.created());
        }
        for (long session : members.sessions()) {
            question.sessions.add(session);
        }
        // Event loops of this node are asked one by one.
        int expected = before != 0 ? before : from instanceof LocalLane ? 1 : members.parts();
        if (expected > 1) {
            question.missing.put(from, expected - 1);
        } else {
            question.missing.remove(from);
        }
        endIfAnswered(members.question(), question);
    }

    void laneDown(Lane down) {
        Map.copyOf(open).forEach((number, question) -> {
            if (question.missing.remove(down) != null) {
                endIfAnswered(number, question);
            }
        });
    }

    private boolean endIfAnswered(long number, Question question) {
        if (!question.missing.isEmpty()) {
            return false;
        }
        end(number, question, true);
        return true;
    }

    private void end(long number, Question question, boolean answered) {
        if (open.remove(number) == null) {
            return;
        }
        if (question.alarm != null) {
            question.alarm.cancel();
        }
        question.answer.accept(answered ? new Members(question.created, question.sessions) : null);
    }
}
