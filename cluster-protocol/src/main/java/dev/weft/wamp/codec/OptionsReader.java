package dev.weft.wamp.codec;

import dev.weft.wamp.CallOptions;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.WampId;
import dev.weft.wamp.YieldOptions;
import dev.weft.wamp.codec.token.TokenReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the options and details that have records of their own. */
final class OptionsReader {
    private static final int ABSENT = -1;

    private final DictReader dict;

    OptionsReader(TokenReader reader) {
        dict = new DictReader(reader);
    }

    PublishOptions publish() throws ProtocolViolation {
        OptionKey key = dict.open("PUBLISH.Options");
        if (key == null) {
            return PublishOptions.DEFAULT;
        }
        boolean acknowledge = false;
        boolean excludeMe = true;
        boolean discloseMe = false;
        boolean retain = false;
        ReceiverLists receivers = null;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case ACKNOWLEDGE -> acknowledge = dict.bool();
                case EXCLUDE_ME -> excludeMe = dict.bool();
                case DISCLOSE_ME -> discloseMe = dict.bool();
                case RETAIN -> retain = dict.bool();
                case ELIGIBLE, ELIGIBLE_AUTHID, ELIGIBLE_AUTHROLE, EXCLUDE, EXCLUDE_AUTHID, EXCLUDE_AUTHROLE -> {
                    receivers = receivers == null ? new ReceiverLists() : receivers;
                    receivers.take(key, dict);
                }
                default -> dict.commonOrSkip(key);
            }
        }
        ReceiverFilter filter = receivers == null ? null : receivers.filter();
        return new PublishOptions(acknowledge, excludeMe, discloseMe, retain, filter, dict.passthru(), dict.trace());
    }

    SubscribeOptions subscribe() throws ProtocolViolation {
        OptionKey key = dict.open("SUBSCRIBE.Options");
        if (key == null) {
            return SubscribeOptions.DEFAULT;
        }
        MatchPolicy match = MatchPolicy.EXACT;
        boolean getRetained = false;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case MATCH -> match = match();
                case GET_RETAINED -> getRetained = dict.bool();
                default -> dict.skip();
            }
        }
        return new SubscribeOptions(match, getRetained);
    }

    RegisterOptions register() throws ProtocolViolation {
        OptionKey key = dict.open("REGISTER.Options");
        if (key == null) {
            return RegisterOptions.DEFAULT;
        }
        MatchPolicy match = MatchPolicy.EXACT;
        InvocationPolicy invoke = InvocationPolicy.SINGLE;
        boolean discloseCaller = false;
        boolean forwardTimeout = false;
        int concurrency = 0;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case MATCH -> match = match();
                case INVOKE -> invoke = invoke();
                case DISCLOSE_CALLER -> discloseCaller = dict.bool();
                case FORWARD_TIMEOUT -> forwardTimeout = dict.bool();
                case CONCURRENCY -> concurrency = (int) dict.count(Integer.MAX_VALUE);
                default -> dict.skip();
            }
        }
        return new RegisterOptions(match, invoke, discloseCaller, forwardTimeout, concurrency);
    }

    private MatchPolicy match() throws ProtocolViolation {
        MatchPolicy match = MatchPolicy.of(dict.string());
        if (match == null) {
            throw dict.mustBe("exact, prefix or wildcard");
        }
        return match;
    }

    private InvocationPolicy invoke() throws ProtocolViolation {
        InvocationPolicy invoke = InvocationPolicy.of(dict.string());
        if (invoke == null) {
            throw dict.mustBe("single, roundrobin, random, first or last");
        }
        return invoke;
    }

    CallOptions call() throws ProtocolViolation {
        OptionKey key = dict.open("CALL.Options");
        if (key == null) {
            return CallOptions.DEFAULT;
        }
        boolean receiveProgress = false;
        boolean progress = false;
        long timeout = 0;
        boolean discloseMe = false;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case RECEIVE_PROGRESS -> receiveProgress = dict.bool();
                case PROGRESS -> progress = dict.bool();
                case TIMEOUT -> timeout = dict.count(WampId.MAX);
                case DISCLOSE_ME -> discloseMe = dict.bool();
                default -> dict.commonOrSkip(key);
            }
        }
        return new CallOptions(receiveProgress, progress, timeout, discloseMe, dict.passthru(), dict.trace());
    }

    YieldOptions yield() throws ProtocolViolation {
        OptionKey key = dict.open("YIELD.Options");
        if (key == null) {
            return YieldOptions.DEFAULT;
        }
        boolean progress = progress(key);
        return new YieldOptions(progress, dict.passthru());
    }

    ResultDetails result() throws ProtocolViolation {
        OptionKey key = dict.open("RESULT.Details");
        if (key == null) {
            return ResultDetails.DEFAULT;
        }
        boolean progress = progress(key);
        return new ResultDetails(progress, dict.passthru());
    }

    /** Reads to the end of a dict in which {@code progress} and payload passthru mode are all there can be. */
    private boolean progress(OptionKey first) throws ProtocolViolation {
        boolean progress = false;
        for (OptionKey key = first; key != null; key = dict.next()) {
            if (key == OptionKey.PROGRESS) {
                progress = dict.bool();
            } else {
                dict.passthruOrSkip(key);
            }
        }
        return progress;
    }

    EventDetails event() throws ProtocolViolation {
        OptionKey key = dict.open("EVENT.Details");
        if (key == null) {
            return EventDetails.DEFAULT;
        }
        long publisher = ABSENT;
        String authid = "";
        String authrole = "";
        String topic = null;
        boolean retained = false;
        int trustlevel = ABSENT;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case PUBLISHER -> publisher = dict.id();
                case PUBLISHER_AUTHID -> authid = dict.string();
                case PUBLISHER_AUTHROLE -> authrole = dict.string();
                case TOPIC -> topic = dict.string();
                case RETAINED -> retained = dict.bool();
                case TRUSTLEVEL -> trustlevel = (int) dict.count(Integer.MAX_VALUE);
                default -> dict.commonOrSkip(key);
            }
        }
        Identity identity = identity(publisher, authid, authrole);
        return new EventDetails(identity, topic, retained, trustlevel, dict.passthru(), dict.trace());
    }

    InvocationDetails invocation() throws ProtocolViolation {
        OptionKey key = dict.open("INVOCATION.Details");
        if (key == null) {
            return InvocationDetails.DEFAULT;
        }
        long caller = ABSENT;
        String authid = "";
        String authrole = "";
        String procedure = null;
        boolean receiveProgress = false;
        boolean progress = false;
        long timeout = 0;
        int trustlevel = ABSENT;
        for (; key != null; key = dict.next()) {
            switch (key) {
                case CALLER -> caller = dict.id();
                case CALLER_AUTHID -> authid = dict.string();
                case CALLER_AUTHROLE -> authrole = dict.string();
                case PROCEDURE -> procedure = dict.string();
                case RECEIVE_PROGRESS -> receiveProgress = dict.bool();
                case PROGRESS -> progress = dict.bool();
                case TIMEOUT -> timeout = dict.count(WampId.MAX);
                case TRUSTLEVEL -> trustlevel = (int) dict.count(Integer.MAX_VALUE);
                default -> dict.commonOrSkip(key);
            }
        }
        Identity identity = identity(caller, authid, authrole);
        Ppt ppt = dict.passthru();
        return new InvocationDetails(
                identity, procedure, receiveProgress, progress, timeout, trustlevel, ppt, dict.trace());
    }

    private static @Nullable Identity identity(long session, String authid, String authrole) {
        return session == ABSENT ? null : new Identity(session, authid, authrole);
    }

    ErrorDetails error() throws ProtocolViolation {
        OptionKey key = dict.open("ERROR.Details");
        if (key == null) {
            return ErrorDetails.DEFAULT;
        }
        String message = null;
        for (; key != null; key = dict.next()) {
            if (key == OptionKey.MESSAGE) {
                message = dict.stringIfSo();
            } else {
                dict.passthruOrSkip(key);
            }
        }
        return new ErrorDetails(message, dict.passthru());
    }

    /** The mode of a CANCEL; null if there is none, or one that does not exist. */
    @Nullable
    CancelMode cancel() throws ProtocolViolation {
        CancelMode mode = null;
        for (OptionKey key = dict.open("CANCEL.Options"); key != null; key = dict.next()) {
            if (key == OptionKey.MODE) {
                mode = CancelMode.of(dict.string());
            } else {
                dict.skip();
            }
        }
        return mode;
    }

    /** The options of an INTERRUPT. */
    InterruptOptions interrupt() throws ProtocolViolation {
        CancelMode mode = null;
        String reason = null;
        for (OptionKey key = dict.open("INTERRUPT.Options"); key != null; key = dict.next()) {
            switch (key) {
                case MODE -> mode = CancelMode.of(dict.string());
                case REASON -> reason = dict.string();
                default -> dict.skip();
            }
        }
        return new InterruptOptions(mode == null ? CancelMode.KILLNOWAIT : mode, reason);
    }

    /** {@code INTERRUPT.Options}; without a mode that exists it is the one that wants no answer. */
    record InterruptOptions(CancelMode mode, @Nullable String reason) {}

    /** The details of a revocation, which name what is revoked under {@code idKey}. */
    Revocation revocation(String name, OptionKey idKey) throws ProtocolViolation {
        long id = ABSENT;
        String reason = null;
        for (OptionKey key = dict.open(name); key != null; key = dict.next()) {
            if (key == idKey) {
                id = dict.id();
            } else if (key == OptionKey.REASON) {
                reason = dict.string();
            } else {
                dict.skip();
            }
        }
        if (id == ABSENT) {
            throw new ProtocolViolation(name + "." + idKey.text() + " is missing");
        }
        return new Revocation(id, reason);
    }

    /** The lists of "Subscriber Black- and Whitelisting" as they come. */
    private static final class ReceiverLists {
        private @Nullable List<Long> exclude;
        private @Nullable List<String> excludeAuthid;
        private @Nullable List<String> excludeAuthrole;
        private @Nullable List<Long> eligible;
        private @Nullable List<String> eligibleAuthid;
        private @Nullable List<String> eligibleAuthrole;

        void take(OptionKey key, DictReader dict) throws ProtocolViolation {
            switch (key) {
                case EXCLUDE -> exclude = dict.ids();
                case EXCLUDE_AUTHID -> excludeAuthid = dict.strings();
                case EXCLUDE_AUTHROLE -> excludeAuthrole = dict.strings();
                case ELIGIBLE -> eligible = dict.ids();
                case ELIGIBLE_AUTHID -> eligibleAuthid = dict.strings();
                default -> eligibleAuthrole = dict.strings();
            }
        }

        ReceiverFilter filter() {
            return new ReceiverFilter(
                    exclude, excludeAuthid, excludeAuthrole, eligible, eligibleAuthid, eligibleAuthrole);
        }
    }
}
