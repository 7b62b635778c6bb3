package dev.weft.transport;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends every message back, as if in a session, and remembers what else it is told. */
final class EchoAcceptor implements ConnectionAcceptor {
    final List<Connection> connections = new CopyOnWriteArrayList<>();
    final List<Boolean> sends = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final List<CloseReason> ends = new CopyOnWriteArrayList<>();

    private final boolean remembers;

    EchoAcceptor() {
        this(true);
    }

    /** @param remembers whether what became of each message sent is kept */
    EchoAcceptor(boolean remembers) {
        this.remembers = remembers;
    }

    @Override
    public ConnectionListener accept(Connection connection) {
        connections.add(connection);
        connection.inSession(true);
        return new ConnectionListener() {
            @Override
            public void message(WampMessage message) {
                boolean sent = connection.send(message);
                if (remembers) {
                    sends.add(sent);
                }
            }

            @Override
            public void violation(ProtocolViolation violation) {
                violations.add(violation.fault());
                connection.close(CloseReason.PROTOCOL_VIOLATION);
            }

            @Override
            public void closed(CloseReason reason) {
                ends.add(reason);
            }
        };
    }
}
