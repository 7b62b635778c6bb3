package dev.weft.load.relay;

import dev.weft.load.client.StreamHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;

/** One socket of the relay. All of them are on one event loop. */
final class RelayConnection extends StreamHandler {
    private final int ownAddress;
    private final IntObjectHashMap<List<RelayConnection>> byAddress;
    private final List<Integer> joined = new ArrayList<>();

    /** @param byAddress who gets what is sent to an address; shared by all connections */
    RelayConnection(int ownAddress, IntObjectHashMap<List<RelayConnection>> byAddress) {
        this.ownAddress = ownAddress;
        this.byAddress = byAddress;
        join(ownAddress);
    }

    private void join(int address) {
        joined.add(address);
        List<RelayConnection> members = byAddress.get(address);
        if (members == null) {
            members = new ArrayList<>(1);
            byAddress.put(address, members);
        }
        members.add(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        attach(added);
    }

    @Override
    protected void onOpen() {
        // It stood before this came to it.
    }

    @Override
    protected boolean readNext(ByteBuf in) {
        int start = in.readerIndex();
        if (in.readableBytes() < RelayFrame.HEADER_LENGTH) {
            return false;
        }
        int length = Integer.BYTES + in.getInt(start);
        if (in.readableBytes() < length) {
            return false;
        }
        int address = in.getInt(start + Integer.BYTES);
        if (address == RelayFrame.JOIN) {
            join(in.getInt(start + RelayFrame.HEADER_LENGTH));
            out().writeInt(Integer.BYTES).writeInt(RelayFrame.JOIN);
        } else {
            in.setInt(start + Integer.BYTES, ownAddress);
            forward(in, start, length, byAddress.get(address));
        }
        in.readerIndex(start + length);
        return true;
    }

    private static void forward(ByteBuf in, int start, int length, List<RelayConnection> receivers) {
        for (int i = 0; receivers != null && i < receivers.size(); i++) {
            RelayConnection receiver = receivers.get(i);
            receiver.out().writeBytes(in, start, length);
            receiver.flushSoon();
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        for (int address : joined) {
            List<RelayConnection> members = byAddress.get(address);
            if (members != null) {
                members.remove(this);
                if (members.isEmpty()) {
                    byAddress.remove(address);
                }
            }
        }
        joined.clear();
    }
}
