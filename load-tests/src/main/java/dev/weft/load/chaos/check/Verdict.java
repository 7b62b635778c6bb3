package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checkers say of one round.
 *
 * @param violations in full, however many
 * @param events received
 * @param publications sent
 * @param calls made
 * @param requests other than calls and publications
 */
public record Verdict(List<Violation> violations, long events, long publications, long calls, long requests) {
    private static final List<Checker> CHECKERS = List.of(
            new EventChecker(),
            new CompletenessChecker(),
            new GapChecker(),
            new LedgerChecker(),
            new CallTimeChecker(),
            new CallOutcomeChecker(),
            new InvocationOrderChecker(),
            new InterruptChecker(),
            new ExclusivityChecker(),
            new RequestChecker(),
            new IdChecker(),
            new RecoveryChecker());

    /**
     * @param entries in the order of their times
     * @param origin from when on the times in violations are counted
     */
    public static Verdict of(List<Entry> entries, Bounds bounds, long origin) {
        Evidence evidence = new Evidence(entries, bounds, origin);
        List<Violation> violations = new ArrayList<>();
        for (Checker checker : CHECKERS) {
            checker.check(evidence, text -> violations.add(new Violation(checker.name(), text)));
        }
        return new Verdict(
                violations,
                count(entries, Entry.EventReceived.class),
                count(entries, Entry.PublishSent.class),
                count(entries, Entry.CallSent.class),
                count(entries, Entry.SubscribeSent.class)
                        + count(entries, Entry.UnsubscribeSent.class)
                        + count(entries, Entry.RegisterSent.class)
                        + count(entries, Entry.UnregisterSent.class));
    }

    private static long count(List<Entry> entries, Class<? extends Entry> kind) {
        return entries.stream().filter(kind::isInstance).count();
    }
}
