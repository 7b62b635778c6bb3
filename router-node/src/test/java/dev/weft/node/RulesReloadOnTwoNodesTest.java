package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregistered;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that change on one node of two. */
@Tag("cluster")
class RulesReloadOnTwoNodesTest {
    private static String realms(String allow) {
        return """
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: com., match: prefix, allow: [%s]}]}]
                """.formatted(allow);
    }

    private static String answer(TestClient caller) throws Exception {
        caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.x", Payload.EMPTY));
        return caller.expect(ErrorMessage.class).error();
    }

    @Test
    void aRegistrationThatIsRevokedOnOneNodeIsGoneOnTheOtherAndEachNodeIsRuledByItsOwnFile() throws Exception {
        try (TwoNodes two = TwoNodes.start(realms("call, register"));
                TestClient callee = TestClient.join(
                        two.port(0), Framing.RAWSOCKET, SerializerId.JSON, "realm1", "registration_revocation");
                TestClient caller = two.join(1, Framing.RAWSOCKET, SerializerId.JSON)) {
            callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.x"));
            callee.expect(Registered.class);

            two.reload(0, realms("publish"));

            callee.expect(Unregistered.class);
            await().until(() -> answer(caller).equals("wamp.error.no_such_procedure"));
            caller.send(new Register(caller.nextRequest(), RegisterOptions.DEFAULT, "com.example.x"));
            caller.expect(Registered.class);
            assertThat(two.reload(1, realms("publish")).applied()).isNotEmpty();
            assertThat(answer(caller)).isEqualTo("wamp.error.not_authorized");
        }
    }
}
