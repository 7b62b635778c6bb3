package dev.weft.load.conformance.feature;

import java.util.List;

/** All features that are judged. */
public final class Features {
    private static final List<Feature> ALL = List.of(
            new Sessions(),
            new BasicPubSub(),
            new BasicRpc(),
            new SerializerPairs(),
            new Exclusion(),
            new PatternSubscription(),
            new PatternRegistration(),
            new SharedRegistration(),
            new ProgressiveResults(),
            new CallCanceling(),
            new CallTimeout(),
            new CallerIdentification(),
            new PublisherIdentification(),
            new ProgressiveInvocations(),
            new PayloadPassthru(),
            new SessionMeta(),
            new SubscriptionMeta(),
            new RegistrationMeta(),
            new Testaments(),
            new EventRetention(),
            new EventHistory());

    private Features() {}

    /** In the order of the report. */
    public static List<Feature> all() {
        return ALL;
    }
}
