package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static dev.weft.wamp.SerializerId.UBJSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What UBJSON does in its own way. Markers stand as they are, what follows them in hexadecimal after a space. */
class UbjsonRulesTest {
    /** {@code [$U# 0203 01} for 5b2455230203 and so on: letters that are no hexadecimal, and words after a space that are. */
    private static String ubjson(String written) {
        StringBuilder hex = new StringBuilder();
        boolean data = false;
        for (char c : written.toCharArray()) {
            if (c == ' ' || c == '|') {
                data = c == ' ';
            } else if (data) {
                hex.append(c);
            } else {
                hex.append(Integer.toHexString(c));
            }
        }
        return hex.toString();
    }

    private static String toJson(String written) {
        return Wire.transcode(UBJSON, ubjson(written), JSON);
    }

    @Test
    void integersAreWrittenInTheirShortestForm() {
        String[][] forms = {
            {"0", "U 00"},
            {"255", "U ff"},
            {"-1", "i ff"},
            {"-128", "i 80"},
            {"256", "I 0100"},
            {"-129", "I ff7f"},
            {"32767", "I 7fff"},
            {"32768", "l 00008000"},
            {"-2147483648", "l 80000000"},
            {"2147483648", "L 0000000080000000"},
            {"-9223372036854775808", "L 8000000000000000"},
        };
        for (String[] form : forms) {
            assertThat(Wire.transcode(JSON, form[0], UBJSON)).isEqualTo(ubjson(form[1]));
            assertThat(toJson(form[1])).isEqualTo(form[0]);
        }
        assertThat(toJson("i 7f")).isEqualTo("127");
    }

    @Test
    void integersBeyond63BitsAreNumbersOfHighPrecision() {
        String unsigned = "HU 14" + "3138343436373434303733373039353531363135";
        assertThat(Wire.transcode(MSGPACK, "cfffffffffffffffff", UBJSON)).isEqualTo(ubjson(unsigned));
        assertThat(Wire.transcode(UBJSON, ubjson(unsigned), MSGPACK)).isEqualTo("cfffffffffffffffff");
        assertThat(Wire.transcode(CBOR, "c349010000000000000000", UBJSON))
                .isEqualTo(ubjson("HU 15" + "2d3138343436373434303733373039353531363137"));
        assertThat(Wire.value(UBJSON, ubjson("HU 0132"))).isEqualTo(2L);
        assertThat(Wire.value(UBJSON, ubjson(unsigned))).isEqualTo(new BigInteger("18446744073709551615"));
    }

    @Test
    void numbersOfHighPrecisionWithAFractionAreFloats() {
        assertThat(toJson("HU 03312e35")).isEqualTo("1.5");
        assertThat(toJson("HU 03316532")).isEqualTo("100.0");
        assertThat(Wire.transcode(UBJSON, ubjson("HU 03312e35"), UBJSON)).isEqualTo(ubjson("HU 03312e35"));
        for (String number : new String[] {"", "2b31", "3031", "312e", "2e35", "4e614e", "31 20".replace(" ", "")}) {
            String length = String.format("%02x", number.length() / 2);
            Wire.assertArgumentRefused(UBJSON, ubjson("HU " + length + number)).hasMessageContaining("high precision");
        }
        assertThat(Wire.transcode(UBJSON, ubjson("HI 0400" + "31".repeat(1024)), CBOR))
                .startsWith("c2");
        Wire.assertArgumentRefused(UBJSON, ubjson("HI 0401" + "31".repeat(1025)))
                .hasMessageContaining("number is longer");
    }

    @Test
    void whatIsNoNumberIsNull() {
        assertThat(Wire.transcode(CBOR, "f97e00", UBJSON)).isEqualTo(ubjson("Z"));
        assertThat(Wire.transcode(MSGPACK, "cbfff0000000000000", UBJSON)).isEqualTo(ubjson("Z"));
        assertThat(Wire.transcode(UBJSON, ubjson("D 7ff0000000000000"), MSGPACK))
                .isEqualTo("cb7ff0000000000000");
        assertThat(toJson("d 3fc00000")).isEqualTo("1.5");
        assertThat(Wire.transcode(JSON, "1.5", UBJSON)).isEqualTo(ubjson("D 3ff8000000000000"));
    }

    @Test
    void binaryIsAStronglyTypedListOfUint8() {
        assertThat(Wire.transcode(MSGPACK, "c4020aff", UBJSON)).isEqualTo(ubjson("[$U#U 020aff"));
        assertThat(Wire.transcode(UBJSON, ubjson("[$U#U 020aff"), MSGPACK)).isEqualTo("c4020aff");
        assertThat(Wire.transcode(UBJSON, ubjson("[$U#l 00000000"), CBOR)).isEqualTo("40");
        assertThat(toJson("[$U#i 0101")).isEqualTo("\"\\u0000AQ==\"");
        assertThat(Wire.transcode(JSON, "\"\\u0000AQ==\"", UBJSON)).isEqualTo(ubjson("[$U#U 0101"));
        assertThat(toJson("[$i#U 020aff")).isEqualTo("[10,-1]");
        assertThat(toJson("[#U 02|U 0a|U ff")).isEqualTo("[10,255]");
    }

    @Test
    void argumentsThatAreAllSmallAreAListAllTheSame() {
        var payload = Wire.decode(UBJSON, Wire.yieldOf(UBJSON, 1, ubjson("[$U#U 02170a")))
                .payload();
        assertThat(Wire.serializer(JSON).args(payload)).containsExactly(23L, 10L);
        assertThat(Wire.written(
                        MSGPACK, Wire.serializer(MSGPACK).accept(payload).bytes()))
                .isEqualTo("92170a");
    }

    @Test
    void listsAndDictsMayBeCountedAndStronglyTyped() {
        assertThat(toJson("[$I#U 0200010002")).isEqualTo("[1,2]");
        assertThat(toJson("[$S#U 02|U 0161|U 0162")).isEqualTo("[\"a\",\"b\"]");
        assertThat(toJson("[$T#U 03")).isEqualTo("[true,true,true]");
        assertThat(toJson("[$[#U 02|]$i#U 010a")).isEqualTo("[[],[10]]");
        assertThat(toJson("[${#U 01|U 0161|T}")).isEqualTo("[{\"a\":true}]");
        assertThat(toJson("{$i#U 02|U 0161|" + " 01|U 0162| 02")).isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(toJson("{$Z#U 01|U 0161")).isEqualTo("{\"a\":null}");
        assertThat(toJson("{#U 01|U 0161|[#U 00")).isEqualTo("{\"a\":[]}");
        assertThat(Wire.transcode(JSON, "[[],{},{\"a\":[1]}]", UBJSON)).isEqualTo(ubjson("[[]{}{U 0161|[U 01|]}]"));
        for (String wrong : new String[] {"[$i", "[$iU 0101", "[$N#U 01", "[$]#U 01", "[$$#U 01", "[#S 01", "[#i ff"}) {
            Wire.assertArgumentRefused(UBJSON, ubjson(wrong));
        }
        Wire.assertArgumentRefused(UBJSON, ubjson("[$iU 0101")).hasMessageContaining("without its size");
    }

    @Test
    void valuesThatTakeNoBytesAreLimited() {
        assertThat(toJson("[$Z#I 1000")).hasSize(5 * 4096 + 1);
        Wire.assertArgumentRefused(UBJSON, ubjson("[$Z#I 1001")).hasMessageContaining("take no bytes");
    }

    @Test
    void noOperationsArePassedOver() {
        assertThat(toJson("[NNU 01|NTN]")).isEqualTo("[1,true]");
        assertThat(toJson("{NU 0161|NZN}")).isEqualTo("{\"a\":null}");
        assertThat(toJson("[#U 02|NTNF")).isEqualTo("[true,false]");
    }

    @Test
    void aCharacterIsAString() {
        assertThat(toJson("C 61")).isEqualTo("\"a\"");
        Wire.assertArgumentRefused(UBJSON, ubjson("C 80")).hasMessageContaining("ASCII");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        Wire.assertArgumentRefused(UBJSON, ubjson("SU 02c080")).hasMessageContaining("not UTF-8");
        Wire.assertArgumentRefused(UBJSON, ubjson("{U 01ff|Z}")).hasMessageContaining("not UTF-8");
    }

    @Test
    void keysThatAreNoStringsAreStrings() {
        assertThat(Wire.transcode(MSGPACK, "8101a161", UBJSON)).isEqualTo(ubjson("{U 0131|SU 0161|}"));
        assertThat(Wire.transcode(MSGPACK, "82c300c000", UBJSON))
                .isEqualTo(ubjson("{U 0474727565|U 00|U 046e756c6c|U 00|}"));
        assertThat(Wire.transcode(MSGPACK, "81cb3ff800000000000000", UBJSON)).isEqualTo(ubjson("{U 03312e35|U 00|}"));
        assertThat(Wire.transcode(MSGPACK, "81c4010100", UBJSON)).isEqualTo(ubjson("{U 05|" + " 0041513d3d|U 00|}"));
        assertThat(Wire.transcode(MSGPACK, "81cfffffffffffffffff00", UBJSON))
                .startsWith(ubjson("{U 14" + "3138343436"));
    }

    @Test
    void whatIsNotThereIsRefused() {
        for (String wrong :
                new String[] {"A", "}", "[}", "{]", "{U 0161|}", "[T", "S", "SU", "L 00", "SL 0000000100000000"}) {
            Wire.assertArgumentRefused(UBJSON, ubjson(wrong));
        }
        Wire.assertViolation(UBJSON, ubjson("[U 46|U 01|{}]T")).hasMessageContaining("follow the message");
    }

    @Test
    void wholeFloatsAreIntegersInTheHead() {
        assertThat(Wire.decode(UBJSON, ubjson("[U 46|D 4070000000000000|{}]")))
                .isEqualTo(Wire.decode(JSON, "[70,256,{}]"));
    }

    @Test
    void javaValuesAreWritten() {
        Serializer serializer = Wire.serializer(UBJSON);
        assertThat(Wire.written(
                        UBJSON,
                        serializer
                                .payload(List.of("a", new byte[] {1}), Map.of("k", 1))
                                .bytes()))
                .isEqualTo(ubjson("[SU 0161|[$U#U 0101|]{U 016b|U 01|}"));
    }
}
