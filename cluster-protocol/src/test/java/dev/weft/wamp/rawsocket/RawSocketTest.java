package dev.weft.wamp.rawsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.rawsocket.RawSocketFrame.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawSocketTest {
    @Test
    void aHandshakeSaysTheLimitAndTheSerializer() {
        // 7F | LLLLSSSS | 00 | 00
        assertThat(RawSocketHandshake.of(512, 1)).isEqualTo(0x7f01_0000);
        assertThat(RawSocketHandshake.of(1 << 24, 2)).isEqualTo(0x7ff2_0000);
        assertThat(RawSocketHandshake.of(1 << 20, 3)).isEqualTo(0x7fb3_0000);
        assertThat(RawSocketHandshake.isHandshake(0x7fb3_0000)).isTrue();
        assertThat(RawSocketHandshake.isHandshake(0x4745_5420)).isFalse();
        assertThat(RawSocketHandshake.maxMessageLength(0x7fb3_0000)).isEqualTo(1 << 20);
        assertThat(RawSocketHandshake.maxMessageLength(0x7f01_0000)).isEqualTo(512);
        assertThat(RawSocketHandshake.maxMessageLength(0x7ff1_0000)).isEqualTo(1 << 24);
        assertThat(RawSocketHandshake.rawSocketId(0x7fb3_0000)).isEqualTo(3);
    }

    @Test
    void aLimitBetweenPowersOfTwoIsRoundedDown() {
        assertThat(RawSocketHandshake.maxMessageLength(RawSocketHandshake.of(1_000_000, 1)))
                .isEqualTo(1 << 19);
        assertThat(RawSocketHandshake.maxMessageLength(RawSocketHandshake.of(Integer.MAX_VALUE, 1)))
                .isEqualTo(1 << 24);
        assertThatThrownBy(() -> RawSocketHandshake.of(511, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RawSocketHandshake.of(512, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RawSocketHandshake.of(512, 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestThatUsesWhatIsReservedHasAFault() {
        assertThat(RawSocketHandshake.fault(0x7f11_0000)).isNull();
        assertThat(RawSocketHandshake.fault(0x7f11_0001)).isEqualTo(RawSocketError.USE_OF_RESERVED_BITS);
        assertThat(RawSocketHandshake.fault(0x7f11_8000)).isEqualTo(RawSocketError.USE_OF_RESERVED_BITS);
        assertThat(RawSocketHandshake.fault(0x7f10_0000)).isEqualTo(RawSocketError.SERIALIZER_UNSUPPORTED);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalSaysWhy(RawSocketError error) {
        int refusal = RawSocketHandshake.refusal(error);
        assertThat(refusal).isEqualTo(0x7f00_0000 | error.code() << 20);
        assertThat(RawSocketHandshake.isRefusal(refusal)).isTrue();
        assertThat(RawSocketHandshake.refusalReason(refusal)).isEqualTo(error);
        assertThat(RawSocketHandshake.isRefusal(RawSocketHandshake.of(512, 1))).isFalse();
    }

    @Test
    void aReasonThatIsReservedIsNone() {
        assertThat(RawSocketHandshake.refusalReason(0x7f00_0000)).isNull();
        assertThat(RawSocketHandshake.refusalReason(0x7f50_0000)).isNull();
    }

    @Test
    void aFrameSaysItsTypeAndLength() throws ProtocolViolation {
        assertThat(RawSocketFrame.header(Type.WAMP, 5)).isEqualTo(0x0000_0005);
        assertThat(RawSocketFrame.header(Type.PING, 0)).isEqualTo(0x0100_0000);
        assertThat(RawSocketFrame.header(Type.PONG, 0xffffff)).isEqualTo(0x02ff_ffff);
        assertThat(RawSocketFrame.header(Type.WAMP, 1 << 24)).isEqualTo(0x0800_0000);
        for (Type type : Type.values()) {
            for (int length : new int[] {0, 1, 65_536, (1 << 24) - 1, 1 << 24}) {
                int header = RawSocketFrame.header(type, length);
                assertThat(RawSocketFrame.type(header)).isEqualTo(type);
                assertThat(RawSocketFrame.length(header)).isEqualTo(length);
            }
        }
        assertThatThrownBy(() -> RawSocketFrame.header(Type.WAMP, (1 << 24) + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RawSocketFrame.header(Type.WAMP, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1000_0000, 0x8000_0005, 0x4000_0000, 0x2000_0000, 0x0800_0001, 0x08ff_ffff})
    void aFrameWhoseLengthUsesWhatIsReservedIsAViolation(int header) {
        assertThatThrownBy(() -> RawSocketFrame.length(header)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0300_0000, 0x0400_0000, 0x0700_0001})
    void aFrameOfAReservedTypeIsAViolation(int header) {
        assertThatThrownBy(() -> RawSocketFrame.type(header)).isInstanceOf(ProtocolViolation.class);
    }
}
