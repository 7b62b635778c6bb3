package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ByteBuf text(String header) {
        return Unpooled.copiedBuffer(header, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf hex(String header) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(header.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 203.0.113.7 10.0.0.1 56324 443 | /203.0.113.7:56324",
                "PROXY TCP6 2001:db8::7 2001:db8::1 1 65535 | /[2001:db8:0:0:0:0:0:7]:1",
                "PROXY UNKNOWN |",
                "PROXY UNKNOWN ffff:f...f:ffff whatever 65535 65535 |",
            })
    void version1NamesTheClient(String line, String client) throws Exception {
        ProxyHeader header = ProxyHeader.read(text(line + "\r\nrest"));
        assertThat(header.length()).isEqualTo(line.length() + 2);
        assertThat(header.client() == null ? null : header.client().toString()).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXY\r\n",
                "PROXY \r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 56324\r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 56324 443 1\r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 56324 443\n",
                "PROXY TCP4 203.0.113 10.0.0.1 56324 443\r\n",
                "PROXY TCP4 localhost 10.0.0.1 56324 443\r\n",
                "PROXY TCP4 ::1 ::1 56324 443\r\n",
                "PROXY TCP6 1.2.3.4 1.2.3.4 56324 443\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 56324 443\r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 65536 443\r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 00 443\r\n",
                "PROXY TCP4 203.0.113.7 10.0.0.1 56324 x\r\n",
                "PROXY TCP4  203.0.113.7 10.0.0.1 56324 443\r\n",
                "PROXY UDP4 203.0.113.7 10.0.0.1 56324 443\r\n",
            })
    void whatIsNotVersion1IsRefused(String header) {
        assertThatThrownBy(() -> ProxyHeader.read(text(header))).isInstanceOf(ProxyHeader.Malformed.class);
    }

    @Test
    void version1IsNotLongerThan107Octets() throws Exception {
        assertThat(ProxyHeader.read(text("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"))
                        .length())
                .isEqualTo(107);
        assertThat(ProxyHeader.read(text("PROXY UNKNOWN " + "x".repeat(92)))).isNull();
        assertThatThrownBy(() -> ProxyHeader.read(text("PROXY UNKNOWN " + "x".repeat(93))))
                .hasMessageContaining("107");
    }

    @Test
    void version2NamesTheClient() throws Exception {
        // version 2, PROXY; TCP over IPv4; 12 octets: source, destination, two ports
        ProxyHeader tcp4 = ProxyHeader.read(hex(SIGNATURE + "21 11 000c cb007107 0a000001 dc04 01bb"));
        assertThat(tcp4.length()).isEqualTo(28);
        assertThat(tcp4.client()).hasToString("/203.0.113.7:56324");
        // 7 octets of what is not looked at
        ProxyHeader more =
                ProxyHeader.read(hex(SIGNATURE + "21 11 0013 cb007107 0a000001 dc04 01bb 03 0004 a9b8c7d6 ff"));
        assertThat(more.length()).isEqualTo(35);
        String v6 = "20010db8000000000000000000000007";
        ProxyHeader tcp6 = ProxyHeader.read(hex(SIGNATURE + "21 21 0024" + v6 + v6 + "0001 01bb"));
        assertThat(tcp6.client()).hasToString("/[2001:db8:0:0:0:0:0:7]:1");
    }

    @Test
    void version2MayNameNobody() throws Exception {
        assertThat(ProxyHeader.read(hex(SIGNATURE + "20 00 0000"))).isEqualTo(new ProxyHeader(16, null));
        assertThat(ProxyHeader.read(hex(SIGNATURE + "20 11 000c cb007107 0a000001 dc04 01bb")))
                .isEqualTo(new ProxyHeader(28, null));
        assertThat(ProxyHeader.read(hex(SIGNATURE + "21 00 0000"))).isEqualTo(new ProxyHeader(16, null));
        assertThat(ProxyHeader.read(hex(SIGNATURE + "21 31 00d8" + "00".repeat(216))))
                .isEqualTo(new ProxyHeader(232, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c cb007107 0a000001 dc04 01bb", // version 1 in the form of version 2
                "22 11 000c cb007107 0a000001 dc04 01bb", // another command
                "21 12 000c cb007107 0a000001 dc04 01bb", // UDP
                "21 41 0000", // another family
                "21 11 000b cb007107 0a000001 dc04 01", // too short
                "21 21 000c cb007107 0a000001 dc04 01bb", // too short
                "21 11 0ff1", // too long
            })
    void whatIsNotVersion2IsRefused(String rest) {
        assertThatThrownBy(() -> ProxyHeader.read(hex(SIGNATURE + rest))).isInstanceOf(ProxyHeader.Malformed.class);
    }

    @Test
    void aHeaderMayComeOctetByOctet() throws Exception {
        ByteBuf[] headers = {
            text("PROXY TCP4 203.0.113.7 10.0.0.1 56324 443\r\n"),
            hex(SIGNATURE + "21 11 000c cb007107 0a000001 dc04 01bb")
        };
        for (ByteBuf header : headers) {
            for (int length = 0; length < header.readableBytes(); length++) {
                assertThat(ProxyHeader.read(header.slice(0, length))).isNull();
            }
            assertThat(ProxyHeader.read(header)).isNotNull();
        }
    }

    /** Drawn from a seed: nothing comes of any octets but a header within them, a refusal, or patience. */
    @Test
    void anyOctetsAreAHeaderOrRefusedOrTooFew() {
        ByteBuf[] originals = {
            text("PROXY TCP6 2001:db8::7 2001:db8::1 1 65535\r\n"),
            hex(SIGNATURE + "21 11 000c cb007107 0a000001 dc04 01bb")
        };
        int read = 0;
        for (int seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            ByteBuf octets = originals[seed % 2].copy();
            for (int left = random.nextInt(4); left > 0; left--) {
                octets.setByte(random.nextInt(octets.readableBytes()), random.nextInt(256));
            }
            octets.writerIndex(random.nextBoolean() ? octets.capacity() : random.nextInt(octets.capacity()));
            try {
                ProxyHeader header = ProxyHeader.read(octets);
                if (header != null) {
                    read++;
                    assertThat(header.length()).as("seed %d", seed).isBetween(15, octets.readableBytes());
                }
            } catch (ProxyHeader.Malformed malformed) {
                assertThat(malformed.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
        assertThat(read).isGreaterThan(1000);
    }
}
