package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link TableStore} does. Two views of one store: what two nodes of a cluster see. */
interface TableStoreContract {
    NodeId A = new NodeId("a", 1);
    NodeId B = new NodeId("b", 2);

    TableStore here();

    TableStore there();

    @Nullable
    InterestHolders interestIn(TableKey key);

    @Nullable
    CalleeRoster calleesOf(TableKey key);

    /** A key that no other test uses. */
    TableKey freshKey();

    @Test
    default void allNodesGetTheSubscriptionIdThatWasProposedFirst() {
        TableKey key = freshKey();

        assertThat(done(here().addInterest(key, interest(A, 7)))).isEqualTo(new Decision.Granted(7, 0, 0));
        assertThat(done(there().addInterest(key, interest(B, 8)))).isEqualTo(new Decision.Granted(7, 0, 0));
        assertThat(done(here().addInterest(key, interest(A, 9)))).isEqualTo(new Decision.Granted(7, 0, 0));
        assertThat(interestIn(key)).isEqualTo(new InterestHolders(7, List.of(holder(A), holder(B))));
    }

    @Test
    default void interestThatNobodyHasIsGone() {
        TableKey key = freshKey();
        done(here().addInterest(key, interest(A, 7)));
        done(there().addInterest(key, interest(B, 7)));

        done(here().removeInterest(key, A));
        assertThat(interestIn(key)).isEqualTo(new InterestHolders(7, List.of(holder(B))));
        done(here().removeInterest(key, A));
        done(there().removeInterest(key, B));
        assertThat(interestIn(key)).isNull();
        done(there().removeInterest(key, B));
        assertThat(interestIn(key)).isNull();
    }

    @Test
    default void keysThatDifferInOnePartOnlyAreDifferent() {
        TableKey key = freshKey();
        TableKey prefix = new TableKey(key.realm(), MatchPolicy.PREFIX, key.uri());
        TableKey elsewhere = new TableKey(key.realm() + "2", key.match(), key.uri());

        done(here().addInterest(key, interest(A, 1)));
        assertThat(done(here().addInterest(prefix, interest(A, 2)))).isEqualTo(new Decision.Granted(2, 0, 0));
        assertThat(done(here().addInterest(elsewhere, interest(A, 3)))).isEqualTo(new Decision.Granted(3, 0, 0));
    }

    @Test
    default void aSingleProcedureIsGrantedOnce() {
        TableKey key = freshKey();

        assertThat(done(here().addCallee(key, offer(InvocationPolicy.SINGLE, A, 10), Map.of())))
                .isEqualTo(new Decision.Granted(5, 1, 1));
        assertThat(done(there().addCallee(key, offer(InvocationPolicy.SINGLE, B, 20), Map.of())))
                .isEqualTo(new Decision.Refused(
                        WampError.PROCEDURE_ALREADY_EXISTS, "procedure " + key.uri() + " is registered already"));
    }

    @Test
    default void aSharedProcedureIsRefusedToAnotherPolicy() {
        TableKey key = freshKey();
        done(here().addCallee(key, offer(InvocationPolicy.ROUNDROBIN, A, 10), Map.of()));

        assertThat(done(there().addCallee(key, offer(InvocationPolicy.FIRST, B, 20), Map.of())))
                .isEqualTo(new Decision.Refused(
                        WampError.PROCEDURE_ALREADY_EXISTS,
                        "procedure " + key.uri() + " is registered with invoke=roundrobin"));
        assertThat(calleesOf(key).callees()).hasSize(1);
    }

    @Test
    default void calleesOfASharedProcedureAreInTheOrderOfRegistrationAcrossNodes() {
        TableKey key = freshKey();
        List<Decision> decisions = new ArrayList<>();
        decisions.add(done(here().addCallee(key, offer(InvocationPolicy.FIRST, A, 10), Map.of())));
        decisions.add(done(there().addCallee(key, offer(InvocationPolicy.FIRST, B, 20), Map.of())));
        done(here().removeCallee(key, A, 10));
        decisions.add(done(here().addCallee(key, offer(InvocationPolicy.FIRST, A, 11), Map.of())));
        decisions.add(done(here().addCallee(key, offer(InvocationPolicy.FIRST, A, 10), Map.of())));

        assertThat(decisions)
                .containsExactly(
                        new Decision.Granted(5, 1, 1),
                        new Decision.Granted(5, 2, 1),
                        new Decision.Granted(5, 3, 1),
                        new Decision.Granted(5, 4, 1));
        assertThat(calleesOf(key).callees())
                .extracting(CalleeRoster.Callee::session)
                .containsExactly(20L, 11L, 10L);
    }

    @Test
    default void aCalleeThatIsAddedAgainKeepsItsPlace() {
        TableKey key = freshKey();
        done(here().addCallee(key, offer(InvocationPolicy.LAST, A, 10), Map.of()));
        done(here().addCallee(key, offer(InvocationPolicy.LAST, A, 11), Map.of()));

        assertThat(done(here().addCallee(key, offer(InvocationPolicy.LAST, A, 10), Map.of())))
                .isEqualTo(new Decision.Granted(5, 1, 1));
        assertThat(done(here().addCallee(key, offer(InvocationPolicy.FIRST, A, 10), Map.of())))
                .isInstanceOf(Decision.Refused.class);
        assertThat(calleesOf(key).callees())
                .extracting(CalleeRoster.Callee::session)
                .containsExactly(11L);
    }

    @Test
    default void theCalleesOfADeadNodeGiveWay() {
        TableKey key = freshKey();
        done(here().addCallee(key, offer(InvocationPolicy.SINGLE, A, 10), Map.of()));

        assertThat(done(there().addCallee(key, offer(InvocationPolicy.SINGLE, B, 20), Map.of(A, 2L))))
                .isEqualTo(new Decision.Granted(5, 2, 1));
        assertThat(calleesOf(key).callees()).containsExactly(new CalleeRoster.Callee(B, 20, 2, 1, 1));
    }

    @Test
    default void aPurgeRemovesWhatDeadNodesOwnAndNothingElse() {
        TableKey onlyDead = freshKey();
        TableKey both = freshKey();
        done(here().addInterest(onlyDead, interest(A, 1)));
        done(here().addInterest(both, interest(A, 2)));
        done(there().addInterest(both, interest(B, 2)));
        done(here().addCallee(onlyDead, offer(InvocationPolicy.SINGLE, A, 10), Map.of()));
        done(here().addCallee(both, offer(InvocationPolicy.FIRST, A, 10), Map.of()));
        done(there().addCallee(both, offer(InvocationPolicy.FIRST, B, 20), Map.of()));

        done(there().purge(Stale.ofAllBut(Set.of(B), 2)));

        assertThat(interestIn(onlyDead)).isNull();
        assertThat(interestIn(both)).isEqualTo(new InterestHolders(2, List.of(holder(B))));
        assertThat(calleesOf(onlyDead)).isNull();
        assertThat(calleesOf(both).callees())
                .extracting(CalleeRoster.Callee::node)
                .containsExactly(B);
    }

    @Test
    default void ofManyOffersAtOnceForASingleProcedureOneIsGranted() {
        for (int round = 0; round < 200; round++) {
            TableKey key = freshKey();
            CompletionStage<Decision> one = here().addCallee(key, offer(InvocationPolicy.SINGLE, A, 10), Map.of());
            CompletionStage<Decision> other = there().addCallee(key, offer(InvocationPolicy.SINGLE, B, 20), Map.of());

            assertThat(List.of(done(one), done(other)))
                    .filteredOn(Decision.Granted.class::isInstance)
                    .hasSize(1);
        }
    }

    private static CalleeOffer offer(InvocationPolicy invoke, NodeId owner, long session) {
        return new CalleeOffer(invoke, owner, session, 5, 0, 1, 1);
    }

    private static InterestOffer interest(NodeId owner, long id) {
        return new InterestOffer(owner, id, false, 1);
    }

    private static InterestHolders.Holder holder(NodeId node) {
        return new InterestHolders.Holder(node, 1);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
