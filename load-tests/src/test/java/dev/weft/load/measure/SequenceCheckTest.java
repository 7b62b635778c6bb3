package dev.weft.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {
    private final SequenceCheck check = new SequenceCheck();

    private void receive(long... numbers) {
        Arrays.stream(numbers).forEach(check::receive);
    }

    private void assertFaults(long sent, long lost, long doubled, long outOfOrder) {
        assertThat(List.of(check.lost(sent), check.doubled(), check.outOfOrder()))
                .containsExactly(lost, doubled, outOfOrder);
    }

    @Test
    void whatComesInOrderHasNoFault() {
        receive(1, 2, 3, 4);
        assertFaults(4, 0, 0, 0);
    }

    @Test
    void whatIsMissingInTheMiddleAndAtTheEndIsLost() {
        receive(1, 2, 6, 7);
        assertFaults(9, 5, 0, 0);
    }

    @Test
    void whatNeverComesIsLost() {
        assertFaults(3, 3, 0, 0);
    }

    @Test
    void whatComesAgainIsDoubled() {
        receive(1, 1, 2, 3, 2);
        assertFaults(3, 0, 2, 0);
    }

    @Test
    void whatComesAfterALaterOneIsOutOfOrderAndNotLost() {
        receive(1, 5, 3, 2, 4, 6);
        assertFaults(6, 0, 0, 3);
    }

    @Test
    void whatFillsAGapTwiceIsDoubled() {
        receive(1, 4, 2, 2);
        assertFaults(4, 1, 1, 1);
    }

    @Test
    void aNumberThatNobodySendsIsDoubled() {
        receive(0);
        assertFaults(0, 0, 1, 0);
    }

    @Test
    void onlyTheFirstOfEachCounts() {
        assertThat(check.receive(2)).isTrue();
        assertThat(check.receive(2)).isFalse();
        assertThat(check.receive(1)).isTrue();
        assertThat(check.receive(1)).isFalse();
    }

    @Test
    void subscriptionsAndStreamsDoNotDisturbEachOther() {
        Receipts receipts = new Receipts();
        receipts.receive(700, 0, 1);
        receipts.receive(800, 0, 1);
        receipts.receive(700, 1, 1);
        receipts.receive(700, 0, 2);
        receipts.receive(700, 0, 2);
        assertThat(Faults.of(List.of(receipts), 5)).isEqualTo(new Faults(1, 1, 0));
    }
}
