package dev.weft.transport;

import dev.weft.lane.LocalLane;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.Serializer;
import io.netty.channel.EventLoop;
import java.util.function.Function;

/**
 * What the listeners need of one event loop.
 *
 * @param loop one of {@link Listeners#eventLoops}
 * @param lane the lane to the loop
 * @param serializers the loop's instance of each serializer
 * @param acceptor takes the connections of the loop; called on it
 */
public record AcceptingLoop(
        EventLoop loop, LocalLane lane, Function<SerializerId, Serializer> serializers, ConnectionAcceptor acceptor) {}
