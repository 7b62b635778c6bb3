package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast addresses may open connections, by a clock that stands still unless it is moved. */
class ArrivalRateTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final ArrivalRate rate = new ArrivalRate(10, clock::get);

    private boolean mayCome(String address) throws UnknownHostException {
        return rate.mayCome(InetAddress.getByName(address));
    }

    private int comeOf(String address, int attempts) throws UnknownHostException {
        int come = 0;
        for (int i = 0; i < attempts; i++) {
            come += mayCome(address) ? 1 : 0;
        }
        return come;
    }

    @Test
    void anAddressOpensSoManyConnectionsASecondAndAsManyAtOnce() throws Exception {
        assertThat(comeOf("192.0.2.1", 100)).isEqualTo(10);
        assertThat(comeOf("192.0.2.2", 100)).isEqualTo(10);

        clock.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(comeOf("192.0.2.1", 100)).isEqualTo(5);

        clock.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(comeOf("192.0.2.1", 100)).isEqualTo(10);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() throws Exception {
        assertThat(comeOf("2001:db8::1", 10)).isEqualTo(10);
        assertThat(mayCome("2001:db8::ffff:2")).isFalse();
        assertThat(mayCome("2001:db8:0:1::1")).isTrue();
    }

    @Test
    void thisMachineAndUnixSocketsAreNotLimited() throws Exception {
        assertThat(comeOf("127.0.0.5", 100)).isEqualTo(100);
        assertThat(comeOf("::1", 100)).isEqualTo(100);
        assertThat(rate.mayCome(null)).isTrue();
    }

    @Test
    void zeroStandsForAnyNumber() throws Exception {
        ArrivalRate unlimited = new ArrivalRate(0, clock::get);
        for (int i = 0; i < 1000; i++) {
            assertThat(unlimited.mayCome(InetAddress.getByName("192.0.2.1"))).isTrue();
        }
    }
}
