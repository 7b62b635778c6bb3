package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class NumberRulesTest {
    @Test
    void integersOf64BitsStayExact() {
        assertThat(Wire.transcode(JSON, "9007199254740993", MSGPACK)).isEqualTo("cf0020000000000001");
        assertThat(Wire.transcode(JSON, "9007199254740993", CBOR)).isEqualTo("1b0020000000000001");
        assertThat(Wire.transcode(MSGPACK, "cf0020000000000001", JSON)).isEqualTo("9007199254740993");
        assertThat(Wire.transcode(MSGPACK, "cfffffffffffffffff", JSON)).isEqualTo("18446744073709551615");
        assertThat(Wire.transcode(JSON, "18446744073709551615", MSGPACK)).isEqualTo("cfffffffffffffffff");
        assertThat(Wire.transcode(JSON, "18446744073709551615", CBOR)).isEqualTo("1bffffffffffffffff");
        assertThat(Wire.transcode(JSON, "9223372036854775807", MSGPACK)).isEqualTo("cf7fffffffffffffff");
        assertThat(Wire.transcode(JSON, "9999999999999999999", MSGPACK)).isEqualTo("cf8ac7230489e7ffff");
        assertThat(Wire.transcode(CBOR, "3b7fffffffffffffff", JSON)).isEqualTo("-9223372036854775808");
        assertThat(Wire.transcode(JSON, "-9223372036854775808", MSGPACK)).isEqualTo("d38000000000000000");
        assertThat(Wire.value(JSON, "18446744073709551615")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(Wire.value(JSON, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void integersAreWrittenInTheirShortestForm() {
        String[][] forms = {
            {"0", "00", "00"},
            {"23", "17", "17"},
            {"24", "18", "1818"},
            {"127", "7f", "187f"},
            {"128", "cc80", "1880"},
            {"255", "ccff", "18ff"},
            {"256", "cd0100", "190100"},
            {"65536", "ce00010000", "1a00010000"},
            {"4294967295", "ceffffffff", "1affffffff"},
            {"4294967296", "cf0000000100000000", "1b0000000100000000"},
            {"-1", "ff", "20"},
            {"-32", "e0", "381f"},
            {"-33", "d0df", "3820"},
            {"-128", "d080", "387f"},
            {"-129", "d1ff7f", "3880"},
            {"-32769", "d2ffff7fff", "398000"},
            {"-2147483649", "d3ffffffff7fffffff", "3a80000000"},
        };
        for (String[] form : forms) {
            assertThat(Wire.transcode(JSON, form[0], MSGPACK)).isEqualTo(form[1]);
            assertThat(Wire.transcode(JSON, form[0], CBOR)).isEqualTo(form[2]);
            assertThat(Wire.transcode(MSGPACK, form[1], JSON)).isEqualTo(form[0]);
            assertThat(Wire.transcode(CBOR, form[2], JSON)).isEqualTo(form[0]);
        }
    }

    @Test
    void integersBeyond64BitsAreBignumsInCborAndStringsInMessagePack() {
        assertThat(Wire.transcode(JSON, "18446744073709551616", CBOR)).isEqualTo("c249010000000000000000");
        assertThat(Wire.transcode(JSON, "-18446744073709551617", CBOR)).isEqualTo("c349010000000000000000");
        assertThat(Wire.transcode(CBOR, "c249010000000000000000", JSON)).isEqualTo("18446744073709551616");
        assertThat(Wire.transcode(CBOR, "c349010000000000000000", JSON)).isEqualTo("-18446744073709551617");
        assertThat(Wire.transcode(JSON, "18446744073709551616", MSGPACK))
                .isEqualTo("b43138343436373434303733373039353531363136");
        assertThat(Wire.transcode(JSON, "-9223372036854775809", MSGPACK))
                .isEqualTo("b42d39323233333732303336383534373735383039");
        assertThat(Wire.transcode(CBOR, "3bffffffffffffffff", JSON)).isEqualTo("-18446744073709551616");
    }

    @Test
    void aBignumThatIsSmallIsAnOrdinaryInteger() {
        assertThat(Wire.transcode(CBOR, "c24101", MSGPACK)).isEqualTo("01");
        assertThat(Wire.transcode(CBOR, "c34100", JSON)).isEqualTo("-1");
        assertThat(Wire.transcode(CBOR, "c240", JSON)).isEqualTo("0");
    }

    @Test
    void numbersOfAnyLengthAreRefused() {
        assertThat(Wire.transcode(JSON, "1".repeat(1024), CBOR)).startsWith("c2");
        Wire.assertArgumentRefused(JSON, "1".repeat(1025)).hasMessageContaining("number is longer");
        Wire.assertArgumentRefused(JSON, "0." + "1".repeat(1025));
        assertThat(Wire.transcode(CBOR, "c25901a9" + "ff".repeat(425), JSON)).hasSize(1024);
        Wire.assertArgumentRefused(CBOR, "c25901aa" + "ff".repeat(426)).hasMessageContaining("integer is longer");
    }

    @Test
    void floatsStayFloats() {
        assertThat(Wire.transcode(JSON, "1.0", MSGPACK)).isEqualTo("cb3ff0000000000000");
        assertThat(Wire.transcode(JSON, "1e2", CBOR)).isEqualTo("fb4059000000000000");
        assertThat(Wire.transcode(MSGPACK, "cb3ff0000000000000", JSON)).isEqualTo("1.0");
        assertThat(Wire.transcode(CBOR, "fb3ff0000000000000", MSGPACK)).isEqualTo("cb3ff0000000000000");
        assertThat(Wire.transcode(CBOR, "fb8000000000000000", JSON)).isEqualTo("-0.0");
        assertThat(Wire.transcode(MSGPACK, "cb54b249ad2594c37d", JSON)).isEqualTo("1.0E100");
        assertThat(Wire.value(JSON, "1.0")).isEqualTo(1.0);
        assertThat(Wire.value(JSON, "1")).isEqualTo(1L);
    }

    @Test
    void shortFloatsBecomeLongOnes() {
        assertThat(Wire.transcode(MSGPACK, "ca3fc00000", CBOR)).isEqualTo("fb3ff8000000000000");
        assertThat(Wire.transcode(CBOR, "f93e00", MSGPACK)).isEqualTo("cb3ff8000000000000");
        assertThat(Wire.transcode(CBOR, "fa47c35000", JSON)).isEqualTo("100000.0");
        // Java 19 and later write a shorter text for the same number.
        assertThat(Wire.transcode(CBOR, "f90001", JSON)).isEqualTo(Double.toString(0x1p-24));
        assertThat(Wire.transcode(CBOR, "f97bff", JSON)).isEqualTo("65504.0");
        assertThat(Wire.transcode(CBOR, "f98000", JSON)).isEqualTo("-0.0");
    }

    @Test
    void whatIsNoNumberIsNullInJson() {
        assertThat(Wire.transcode(MSGPACK, "cb7ff8000000000000", JSON)).isEqualTo("null");
        assertThat(Wire.transcode(MSGPACK, "cbfff0000000000000", JSON)).isEqualTo("null");
        assertThat(Wire.transcode(CBOR, "f97e00", JSON)).isEqualTo("null");
        assertThat(Wire.transcode(CBOR, "f97c00", MSGPACK)).isEqualTo("cb7ff0000000000000");
        assertThat(Wire.transcode(CBOR, "f97e00", MSGPACK)).isEqualTo("cb7ff8000000000000");
        Wire.assertArgumentRefused(JSON, "NaN");
        Wire.assertArgumentRefused(JSON, "-Infinity");
    }

    @Test
    void aJsonNumberBeyondTheRangeOfFloatsIsInfinite() {
        assertThat(Wire.transcode(JSON, "1e400", MSGPACK)).isEqualTo("cb7ff0000000000000");
        assertThat(Wire.transcode(JSON, "-1e400", CBOR)).isEqualTo("fbfff0000000000000");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreRefused() {
        for (String number : new String[] {"01", "+1", "1.", ".5", "1e", "1e+", "-", "0x10", "1_000", "--1"}) {
            Wire.assertArgumentRefused(JSON, number);
        }
    }
}
