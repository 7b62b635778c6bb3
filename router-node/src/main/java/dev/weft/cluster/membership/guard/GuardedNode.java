package dev.weft.cluster.membership.guard;

import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import com.hazelcast.nio.MemberSocketInterceptor;

/** A Hazelcast member all of whose connections pass a {@link MemberGuard} and are sealed from then on. */
public final class GuardedNode extends DefaultNodeContext {
    private final MemberGuard guard;

    public GuardedNode(MemberGuard guard) {
        this.guard = guard;
    }

    /** Hazelcast asks for an interceptor only where one is configured. */
    public void configure(ServerSocketEndpointConfig endpoint) {
        endpoint.setSocketInterceptorConfig(
                new SocketInterceptorConfig().setEnabled(true).setImplementation(guard));
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new Extension(node, guard);
    }

    private static final class Extension extends DefaultNodeExtension {
        private final MemberGuard guard;

        Extension(Node node, MemberGuard guard) {
            super(node);
            this.guard = guard;
        }

        @Override
        public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier qualifier) {
            return guard;
        }

        @Override
        public OutboundHandler<?, ?>[] createOutboundHandlers(
                EndpointQualifier qualifier, ServerConnection connection, ServerContext context) {
            OutboundHandler<?, ?>[] plain = super.createOutboundHandlers(qualifier, connection, context);
            return new OutboundHandler<?, ?>[] {
                plain[0], new SealingEncoder(keysOf(connection).sending())
            };
        }

        @Override
        public InboundHandler<?, ?>[] createInboundHandlers(
                EndpointQualifier qualifier, ServerConnection connection, ServerContext context) {
            InboundHandler<?, ?>[] plain = super.createInboundHandlers(qualifier, connection, context);
            return new InboundHandler<?, ?>[] {
                new OpeningDecoder(keysOf(connection).receiving()), plain[0]
            };
        }

        private ConnectionKeys keysOf(ServerConnection connection) {
            return guard.keysOf(((TcpServerConnection) connection).getChannel().socket());
        }
    }
}
