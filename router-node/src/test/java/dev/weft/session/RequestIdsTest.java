package dev.weft.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    @Test
    void strictIdsCountOverAllKindsOfRequests() {
        RequestIds ids = new RequestIds(true);
        assertThat(ids.fault(new Subscribe(1, SubscribeOptions.DEFAULT, "a"))).isNull();
        assertThat(ids.fault(new Unsubscribe(2, 9))).isNull();
        assertThat(ids.fault(new Publish(3, PublishOptions.DEFAULT, "a", Payload.EMPTY)))
                .isNull();
        assertThat(ids.fault(new Register(4, RegisterOptions.DEFAULT, "a"))).isNull();
        assertThat(ids.fault(new Unregister(5, 9))).isNull();
        assertThat(ids.fault(new Call(6, CallOptions.DEFAULT, "a", Payload.EMPTY)))
                .isNull();
        assertThat(ids.fault(new Call(6, CallOptions.DEFAULT, "a", Payload.EMPTY)))
                .isEqualTo("CALL has request id 6 where 7 comes next");
        assertThat(ids.fault(new Subscribe(8, SubscribeOptions.DEFAULT, "a")))
                .isEqualTo("SUBSCRIBE has request id 8 where 7 comes next");
    }

    @Test
    void messagesThatAreNoRequestsDoNotCount() {
        RequestIds ids = new RequestIds(true);
        assertThat(ids.fault(new Yield(77, YieldOptions.DEFAULT, Payload.EMPTY)))
                .isNull();
        assertThat(ids.fault(new Cancel(5, null))).isNull();
        assertThat(ids.fault(new Call(1, CallOptions.DEFAULT, "a", Payload.EMPTY)))
                .isNull();
    }

    @Test
    void lenientIdsMayBeAny() {
        RequestIds ids = new RequestIds(false);
        assertThat(ids.fault(new Call(713_845_233, CallOptions.DEFAULT, "a", Payload.EMPTY)))
                .isNull();
        assertThat(ids.fault(new Subscribe(25, SubscribeOptions.DEFAULT, "a"))).isNull();
        assertThat(ids.fault(new Subscribe(25, SubscribeOptions.DEFAULT, "a"))).isNull();
    }
}
