package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampError;
import dev.weft.wamp.Yield;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRulesTest {
    @Test
    void optionsThatHaveNoMeaningAreSkipped() {
        Call call = (Call) Wire.decode(
                JSON, "[48,1,{\"_x\":[{\"a\":[1.5,\"\\n\"]}],\"timeout\":5,\"rkey\":\"k\",\"exclude\":true},\"a.b\"]");
        assertThat(call.options()).isEqualTo(new CallOptions(false, false, 5, false, null));
        Call plain = (Call) Wire.decode(JSON, "[48,1,{\"rkey\":\"k\",\"\":0},\"a.b\"]");
        assertThat(plain.options()).isSameAs(CallOptions.DEFAULT);
    }

    @Test
    void anOptionThatIsNullIsLeftOut() {
        Publish publish =
                (Publish) Wire.decode(JSON, "[16,1,{\"exclude_me\":null,\"retain\":true,\"eligible\":null},\"a\"]");
        assertThat(publish.options()).isEqualTo(new PublishOptions(false, true, false, true, null, null));
        String undefined = "94200182a56d61746368d40000ac6765745f72657461696e6564d40000a161";
        assertThat(Wire.decode(MSGPACK, undefined)).isEqualTo(new Subscribe(1, SubscribeOptions.DEFAULT, "a"));
        assertThat(Wire.decode(CBOR, "84182001a1656d61746368f76161"))
                .isEqualTo(new Subscribe(1, SubscribeOptions.DEFAULT, "a"));
        Wire.assertViolation(JSON, "[16,1,{\"retain\":null,\"retain\":true},\"a\"]");
    }

    @Test
    void whatIsSkippedIsCheckedAllTheSame() {
        Wire.assertViolation(JSON, "[48,1,{\"_x\":[1,]},\"a.b\"]");
        Wire.assertViolation(MSGPACK, "94300181a25f78c1a3612e62");
        Wire.assertViolation(CBOR, "84183001a1625f7862c32863612e62");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[16,1,{\"acknowledge\":1},\"a\"]|PUBLISH.Options.acknowledge must be a bool",
                "[16,1,{\"exclude\":5},\"a\"]|PUBLISH.Options.exclude must be a list",
                "[16,1,{\"exclude\":[\"5\"]},\"a\"]|PUBLISH.Options.exclude must be a list of integers",
                "[16,1,{\"eligible_authid\":[5]},\"a\"]|PUBLISH.Options.eligible_authid must be a list of strings",
                "[16,1,{\"exclude_me\":\"no\"},\"a\"]|PUBLISH.Options.exclude_me must be a bool",
                "[16,1,[],\"a\"]|PUBLISH.Options must be a dict",
                "[32,1,{\"match\":1},\"a\"]|SUBSCRIBE.Options.match must be a string",
                "[32,1,{\"match\":\"regex\"},\"a\"]|SUBSCRIBE.Options.match must be exact, prefix or wildcard",
                "[64,1,{\"invoke\":\"all\"},\"a\"]|REGISTER.Options.invoke must be single, roundrobin",
                "[48,1,{\"timeout\":-1},\"a\"]|CALL.Options.timeout must be an integer from 0",
                "[48,1,{\"timeout\":1.0},\"a\"]|CALL.Options.timeout must be an integer from 0",
                "[48,1,{\"ppt_scheme\":1},\"a\"]|CALL.Options.ppt_scheme must be a string",
                "[49,1,{\"mode\":true}]|CANCEL.Options.mode must be a string",
                "[70,1,{\"progress\":\"yes\"}]|YIELD.Options.progress must be a bool",
                "[48,1,{},5]|CALL.Procedure must be a string",
                "[48,\"1\",{},\"a\"]|CALL.Request must be an integer from 1 to 2^53",
                "[48,1,{},\"a\",{}]|CALL.Arguments must be a list",
                "[48,1,{},\"a\",[],[]]|CALL.ArgumentsKw must be a dict",
                "[48,1,{},\"a\",[],{},1]|CALL has too many elements",
                "[48,1,{}]|CALL.Procedure must be a string",
                "[48]|CALL.Request must be an integer",
                "[5,1,{}]|AUTHENTICATE.Signature must be a string",
                "[8,7,1,{},\"a\"]|there is no message type 7",
                "[67,0,{}]|UNREGISTERED.Details.registration is missing",
                "[]|a message must begin with the number",
                "[7]|there is no message type 7",
                "[-1]|there is no message type -1",
                "[257]|there is no message type 257",
                "[\"48\"]|a message must begin with the number",
                "[1.0,\"r\",{}]|a message must begin with the number",
                "{}|a message must be a list",
                "]|a value is expected",
                "}|a value is expected",
                "null|a message must be a list",
                "[70,1,{}]]|characters follow the message",
                "[70,1,{}|ends too early",
                "|ends too early",
            })
    void theFaultSaysWhatMustBeWhat(String messageAndFault) {
        String[] parts = messageAndFault.split("\\|", -1);
        Wire.assertViolation(JSON, parts[0]).hasMessageContaining(parts[1]);
    }

    @Test
    void aFaultIsAProtocolViolationAndSaysWhere() {
        assertThatThrownBy(() -> Messages.decode(Wire.serializer(JSON), Wire.bytes(JSON, "[70,1,{},[x]]")))
                .isInstanceOfSatisfying(ProtocolViolation.class, violation -> {
                    assertThat(violation.error()).isEqualTo(WampError.PROTOCOL_VIOLATION);
                    assertThat(violation.fault()).contains("byte 10");
                    assertThat(violation.getStackTrace()).isEmpty();
                });
    }

    @Test
    void idsAreIntegersFrom1To2To53() {
        assertThat(((Yield) Wire.decode(JSON, "[70,9007199254740992,{}]")).request())
                .isEqualTo(1L << 53);
        for (String id : new String[] {"0", "-1", "9007199254740993", "1.0", "1e0", "true", "18446744073709551617"}) {
            Wire.assertViolation(JSON, "[70," + id + ",{}]").hasMessageContaining("YIELD.Request");
        }
        assertThat(Wire.decode(MSGPACK, "9346d3000000000000000180")).isInstanceOf(Yield.class);
        assertThat(Wire.decode(CBOR, "8318461b0000000000000001a0")).isInstanceOf(Yield.class);
        assertThat(((Unsubscribed) Wire.decode(JSON, "[35,0,{\"subscription\":3}]")).request())
                .isZero();
        Wire.assertViolation(JSON, "[35,0]");
        Wire.assertViolation(JSON, "[35,1,{\"subscription\":3}]").hasMessageContaining("too many elements");
    }

    @Test
    void aWholeFloatIsAnIntegerWhereJavaScriptWritesItSo() {
        assertThat(((Unsubscribe) Wire.decode(MSGPACK, "93 22 01 cb4340000000000000")).subscription())
                .isEqualTo(1L << 53);
        assertThat(((Unregister) Wire.decode(CBOR, "83 1842 01 fb41f0000000000000")).registration())
                .isEqualTo(1L << 32);
        Publish publish = (Publish) Wire.decode(MSGPACK, "94 10 01 81 a76578636c756465 91 cb4340000000000000 a161");
        assertThat(publish.options().receivers()).isNotNull();
        for (String id :
                new String[] {"cb3ff8000000000000", "cb4340000000000001", "cb0000000000000000", "cb7ff8000000000000"}) {
            Wire.assertViolation(MSGPACK, "9346" + id + "80").hasMessageContaining("YIELD.Request");
        }
        Wire.assertViolation(MSGPACK, "93cb405180000000000001" + "80");
    }

    @Test
    void theMessageOfAnErrorIsTakenOnlyIfItIsText() {
        ErrorMessage error = (ErrorMessage) Wire.decode(JSON, "[8,68,1,{\"message\":{\"a\":[1]}},\"a.b\"]");
        assertThat(error.details()).isEqualTo(ErrorDetails.DEFAULT);
    }

    @Test
    void aKeyOfTheHeadThatIsThereTwiceIsRefused() {
        Wire.assertViolation(JSON, "[16,1,{\"retain\":true,\"retain\":true},\"a\"]")
                .hasMessageContaining("retain");
        Wire.assertViolation(JSON, "[16,1,{\"x_x\":1,\"x\\u005fx\":1},\"a\"]").hasMessageContaining("x_x");
        Wire.assertViolation(JSON, "[1,\"r\",{\"roles\":{},\"roles\":{}}]").hasMessageContaining("roles");
        Wire.assertViolation(JSON, "[1,\"r\",{\"roles\":{\"a\":1,\"a\":2}}]").hasMessageContaining("twice");
        Wire.assertViolation(MSGPACK, "93 01 a172 82 a161 01 a161 02").hasMessageContaining("twice");
    }

    @Test
    void aKeyOfTheHeadThatIsNoStringIsRefused() {
        Wire.assertViolation(MSGPACK, "94 30 01 81 01 01 a161").hasMessageContaining("CALL.Options");
        Wire.assertViolation(CBOR, "83 01 6172 a1 01 01").hasMessageContaining("not a string");
    }

    @Test
    void anEscapedKeyIsTheSameKey() {
        Publish publish = (Publish) Wire.decode(JSON, "[16,1,{\"\\u0072etain\":true},\"a\"]");
        assertThat(publish.options()).isEqualTo(new PublishOptions(false, true, false, true, null, null));
    }

    @Test
    void listsOfReceiversThatAreAbsentAreNotEmptyOnes() {
        Publish publish = (Publish) Wire.decode(JSON, "[16,1,{\"eligible\":[],\"exclude_authid\":[\"a\"]},\"a\"]");
        assertThat(publish.options().receivers())
                .isEqualTo(new ReceiverFilter(null, List.of("a"), null, List.of(), null, null));
    }

    @Test
    void aModeOfCancelThatDoesNotExistIsNone() {
        assertThat(((Cancel) Wire.decode(JSON, "[49,1,{\"mode\":\"abort\"}]")).mode())
                .isNull();
        assertThat(((Cancel) Wire.decode(JSON, "[49,1,{}]")).mode()).isNull();
    }

    @Test
    void passthruAttributesWithoutASchemeAreNone() {
        assertThat(((Call) Wire.decode(JSON, "[48,1,{\"ppt_keyid\":\"k\"},\"a\"]"))
                        .options()
                        .ppt())
                .isNull();
    }

    @Test
    void detailsOfSessionsAreKeptWhole() {
        Hello hello = (Hello)
                Wire.decode(JSON, "[1,\"r\",{\"x\":{\"y\":[1,2.0,null,\"\\u0000AQ==\",18446744073709551615]}}]");
        assertThat(hello.details().toString())
                .startsWith("{x={y=[1, 2.0, null, [B")
                .endsWith("18446744073709551615]}}");
    }

    @Test
    void aUriSeenBeforeIsTheSameString() throws ProtocolViolation {
        Serializer serializer = Wire.serializer(JSON);
        byte[] bytes = Wire.bytes(JSON, "[48,1,{},\"com.example.sum\"]");
        Call first = (Call) Messages.decode(serializer, bytes);
        Call second = (Call) Messages.decode(serializer, bytes);
        assertThat(second.procedure()).isSameAs(first.procedure()).isEqualTo("com.example.sum");
    }

    @Test
    void urisThatShareAPlaceInTheCacheAreNotMixedUp() throws ProtocolViolation {
        Serializer serializer = Wire.serializer(JSON);
        for (int i = 0; i < 5_000; i++) {
            String procedure = "com.example.procedure" + i;
            Call call = (Call) Messages.decode(serializer, Wire.bytes(JSON, "[48,1,{},\"" + procedure + "\"]"));
            assertThat(call.procedure()).isEqualTo(procedure);
        }
    }

    @Test
    void aPayloadOfAnotherSerializerIsNotWrittenUnseen() {
        Payload json = Wire.decode(JSON, "[70,1,{},[1]]").payload();
        Result result = new Result(1, ResultDetails.DEFAULT, json);
        assertThatThrownBy(() -> Wire.serializer(MSGPACK).encodeHead(result, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Wire.written(MSGPACK, Messages.encode(Wire.serializer(MSGPACK), result)))
                .isEqualTo("94320180" + "9101");
    }
}
