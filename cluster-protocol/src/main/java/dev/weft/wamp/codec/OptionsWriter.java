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
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.codec.token.TokenWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the options and details that have records of their own; what has its default is left out. */
final class OptionsWriter {
    private final TokenWriter writer;
    private int mark;
    private int size;

    OptionsWriter(TokenWriter writer) {
        this.writer = writer;
    }

    private void open() {
        mark = writer.openSmallDict();
        size = 0;
    }

    private void close() {
        writer.closeSmallDict(mark, size);
    }

    void publish(PublishOptions options) {
        open();
        flag(OptionKey.ACKNOWLEDGE, options.acknowledge());
        if (!options.excludeMe()) {
            key(OptionKey.EXCLUDE_ME);
            writer.bool(false);
        }
        flag(OptionKey.DISCLOSE_ME, options.discloseMe());
        flag(OptionKey.RETAIN, options.retain());
        ReceiverFilter receivers = options.receivers();
        if (receivers != null) {
            list(OptionKey.EXCLUDE, receivers.exclude());
            list(OptionKey.EXCLUDE_AUTHID, receivers.excludeAuthid());
            list(OptionKey.EXCLUDE_AUTHROLE, receivers.excludeAuthrole());
            list(OptionKey.ELIGIBLE, receivers.eligible());
            list(OptionKey.ELIGIBLE_AUTHID, receivers.eligibleAuthid());
            list(OptionKey.ELIGIBLE_AUTHROLE, receivers.eligibleAuthrole());
        }
        passthru(options.ppt());
        trace(options.trace());
        close();
    }

    void subscribe(SubscribeOptions options) {
        open();
        match(options.match());
        flag(OptionKey.GET_RETAINED, options.getRetained());
        close();
    }

    void register(RegisterOptions options) {
        open();
        match(options.match());
        if (options.invoke() != InvocationPolicy.SINGLE) {
            text(OptionKey.INVOKE, options.invoke().text());
        }
        flag(OptionKey.DISCLOSE_CALLER, options.discloseCaller());
        flag(OptionKey.FORWARD_TIMEOUT, options.forwardTimeout());
        if (options.concurrency() > 0) {
            number(OptionKey.CONCURRENCY, options.concurrency());
        }
        close();
    }

    private void match(MatchPolicy match) {
        if (match != MatchPolicy.EXACT) {
            text(OptionKey.MATCH, match.text());
        }
    }

    void call(CallOptions options) {
        open();
        flag(OptionKey.RECEIVE_PROGRESS, options.receiveProgress());
        flag(OptionKey.PROGRESS, options.progress());
        timeout(options.timeout());
        flag(OptionKey.DISCLOSE_ME, options.discloseMe());
        passthru(options.ppt());
        trace(options.trace());
        close();
    }

    /** {@code YIELD.Options} and {@code RESULT.Details}, which have the same keys. */
    void progress(boolean progress, @Nullable Ppt ppt) {
        open();
        flag(OptionKey.PROGRESS, progress);
        passthru(ppt);
        close();
    }

    void event(EventDetails details) {
        open();
        Identity publisher = details.publisher();
        if (publisher != null) {
            identity(publisher, OptionKey.PUBLISHER, OptionKey.PUBLISHER_AUTHID, OptionKey.PUBLISHER_AUTHROLE);
        }
        optional(OptionKey.TOPIC, details.topic());
        flag(OptionKey.RETAINED, details.retained());
        trustlevel(details.trustlevel());
        passthru(details.ppt());
        trace(details.trace());
        close();
    }

    void invocation(InvocationDetails details) {
        open();
        Identity caller = details.caller();
        if (caller != null) {
            identity(caller, OptionKey.CALLER, OptionKey.CALLER_AUTHID, OptionKey.CALLER_AUTHROLE);
        }
        optional(OptionKey.PROCEDURE, details.procedure());
        flag(OptionKey.RECEIVE_PROGRESS, details.receiveProgress());
        flag(OptionKey.PROGRESS, details.progress());
        timeout(details.timeout());
        trustlevel(details.trustlevel());
        passthru(details.ppt());
        trace(details.trace());
        close();
    }

    void error(ErrorDetails details) {
        open();
        optional(OptionKey.MESSAGE, details.message());
        passthru(details.ppt());
        close();
    }

    void cancel(@Nullable CancelMode mode) {
        open();
        if (mode != null) {
            text(OptionKey.MODE, mode.text());
        }
        close();
    }

    void interrupt(CancelMode mode, @Nullable String reason) {
        open();
        text(OptionKey.MODE, mode.text());
        optional(OptionKey.REASON, reason);
        close();
    }

    void revocation(OptionKey idKey, Revocation revoked) {
        open();
        number(idKey, revoked.id());
        optional(OptionKey.REASON, revoked.reason());
        close();
    }

    private void identity(Identity who, OptionKey session, OptionKey authid, OptionKey authrole) {
        number(session, who.session());
        if (!who.authid().isEmpty()) {
            text(authid, who.authid());
        }
        if (!who.authrole().isEmpty()) {
            text(authrole, who.authrole());
        }
    }

    private void timeout(long milliseconds) {
        if (milliseconds > 0) {
            number(OptionKey.TIMEOUT, milliseconds);
        }
    }

    private void trustlevel(int trustlevel) {
        if (trustlevel >= 0) {
            number(OptionKey.TRUSTLEVEL, trustlevel);
        }
    }

    private void passthru(@Nullable Ppt ppt) {
        if (ppt != null) {
            text(OptionKey.PPT_SCHEME, ppt.scheme());
            optional(OptionKey.PPT_SERIALIZER, ppt.serializer());
            optional(OptionKey.PPT_CIPHER, ppt.cipher());
            optional(OptionKey.PPT_KEYID, ppt.keyid());
        }
    }

    private void trace(@Nullable TraceContext trace) {
        if (trace != null) {
            text(OptionKey.TRACEPARENT, trace.traceparent());
            optional(OptionKey.TRACESTATE, trace.state());
        }
    }

    private void flag(OptionKey key, boolean value) {
        if (value) {
            key(key);
            writer.bool(true);
        }
    }

    private void optional(OptionKey key, @Nullable String value) {
        if (value != null) {
            text(key, value);
        }
    }

    private void text(OptionKey key, String value) {
        key(key);
        writer.string(value);
    }

    private void number(OptionKey key, long value) {
        key(key);
        writer.integer(value);
    }

    private void list(OptionKey key, @Nullable List<?> values) {
        if (values == null) {
            return;
        }
        key(key);
        writer.openList(values.size());
        for (Object value : values) {
            if (value instanceof Long id) {
                writer.integer(id);
            } else {
                writer.string((String) value);
            }
        }
        writer.closeList();
    }

    private void key(OptionKey key) {
        size++;
        byte[] utf8 = key.utf8();
        writer.string(utf8, 0, utf8.length);
    }
}
