package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.directory.TableAnswer;
import dev.weft.link.NodeId;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private static final TableKey KEY = new TableKey("realm1", MatchPolicy.EXACT, "com.example.topic");

    private final ManualControl control = new ManualControl();
    private final Deadlines deadlines = new Deadlines(control, Duration.ofSeconds(10));
    private final List<TableAnswer> answers = new ArrayList<>();

    @Test
    void aRequestIsGivenUpWhenItsTimeHasComeAndNotBefore() {
        Request early = request();
        deadlines.watch(early);
        control.pass(Duration.ofSeconds(6));
        Request late = request();
        deadlines.watch(late);

        control.fireTimers();
        assertThat(answers).isEmpty();
        control.pass(Duration.ofSeconds(4));
        control.fireTimers();
        assertThat(answers)
                .containsExactly(
                        new TableAnswer.Refused(WampError.UNAVAILABLE, "the cluster could not decide in time"));
        assertThat(late.isAnswered()).isFalse();
        control.pass(Duration.ofSeconds(6));
        control.fireTimers();
        assertThat(answers).hasSize(2);
    }

    @Test
    void anAnsweredRequestIsLeftAlone() {
        Request request = request();
        deadlines.watch(request);
        request.grant(7);
        control.pass(Duration.ofSeconds(11));
        control.fireTimers();

        assertThat(answers).containsExactly(new TableAnswer.Granted(7));
    }

    private Request request() {
        Subject subject = new InterestSubject(
                KEY, new ClusterView(new NodeId("a", 1)), new LocalTableStore(), new RecordedMirror());
        return Request.addition(subject, TestLanes.local(0), answers::add);
    }
}
