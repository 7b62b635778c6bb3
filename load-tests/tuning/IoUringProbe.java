import io.netty.channel.uring.IoUring;

/** Says whether Netty's io_uring works here: "available", or why not. */
public final class IoUringProbe {
    public static void main(String[] arguments) {
        System.out.println(IoUring.isAvailable() ? "available" : IoUring.unavailabilityCause());
    }
}
