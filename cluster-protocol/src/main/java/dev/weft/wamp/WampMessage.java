package dev.weft.wamp;

/** One WAMP message. The 24 records that implement it are the whole language (WAMP specification, "Messages"). */
public sealed interface WampMessage
        permits Hello,
                Welcome,
                Abort,
                Challenge,
                Authenticate,
                Goodbye,
                ErrorMessage,
                Publish,
                Published,
                Subscribe,
                Subscribed,
                Unsubscribe,
                Unsubscribed,
                Event,
                Call,
                Cancel,
                Result,
                Register,
                Registered,
                Unregister,
                Unregistered,
                Invocation,
                Interrupt,
                Yield {

    MessageType type();

    /** The application payload; {@link Payload#EMPTY} for messages that cannot carry one. */
    default Payload payload() {
        return Payload.EMPTY;
    }
}
