package dev.weft.cluster.table;

import dev.weft.directory.TableAnswer;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.WampError;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an event loop asked for; answered once, there, and told if what was granted is revoked. Confined to the control thread. */
final class Request {
    private static final Logger LOG = LoggerFactory.getLogger(Request.class);

    private final Subject subject;
    private final LocalLane lane;
    private final boolean addition;
    private final Consumer<TableAnswer> answer;
    private boolean answered;

    private Request(Subject subject, LocalLane lane, boolean addition, Consumer<TableAnswer> answer) {
        this.subject = subject;
        this.lane = lane;
        this.addition = addition;
        this.answer = answer;
    }

    static Request addition(Subject subject, LocalLane lane, Consumer<TableAnswer> answer) {
        return new Request(subject, lane, true, answer);
    }

    static Request removal(Subject subject, LocalLane lane, Runnable done) {
        return new Request(subject, lane, false, answer -> done.run());
    }

    Subject subject() {
        return subject;
    }

    LocalLane lane() {
        return lane;
    }

    boolean isAddition() {
        return addition;
    }

    boolean isAnswered() {
        return answered;
    }

    void grant(long id) {
        answer(new TableAnswer.Granted(id));
    }

    void refuse(WampError error, String message) {
        answer(new TableAnswer.Refused(error, message));
    }

    /** Takes back what was granted. */
    void revoke(long id, String reason) {
        send(new TableAnswer.Revoked(id, reason));
    }

    /** Answers that nothing could be decided, if nothing was answered yet. A removal is simply over. */
    void giveUp() {
        refuse(WampError.UNAVAILABLE, "the cluster could not decide in time");
    }

    private void answer(TableAnswer given) {
        if (answered) {
            return;
        }
        answered = true;
        send(given);
    }

    private void send(TableAnswer given) {
        try {
            lane.run(() -> answer.accept(given));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{} has stopped and takes no answer", lane.name());
        }
    }
}
