package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.168.4.1, 192.168.4.1, true",
        "192.168.4.1, 192.168.4.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "fd00::/8, fdab::1, true",
        "fd00::/8, fc00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, ::1, true",
    })
    void addressesThatBeginTheSameAreInARange(String range, String address, boolean isIn) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/", "::1/129", "1.2.3.4/8/8"
            })
    void whatIsNoRangeIsNone(String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }

    @Test
    void aRangeIsToldAsItIsWritten() {
        assertThat(AddressRange.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
    }
}
