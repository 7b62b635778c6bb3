package dev.weft.load.conformance.feature;

import java.util.List;

/** All features that are judged. */
public final class Features {
    private static final List<Feature> ALL = List.of(
            new Sessions(),
            new BasicPubSub(),
            new BasicRpc(),
            new SerializerPairs(),
            new PublisherExclusion(),
            new Exclusion(),
            new PatternSubscription(),
            new PatternRegistration(),
            new SharedRegistration(),
            new ProgressiveResults(),
            new CallCanceling(),
            new CallTimeout(),
            new CallRerouting(),
            new CallerIdentification(),
            new PublisherIdentification(),
            TrustLevels.ofCalls(),
            TrustLevels.ofPublications(),
            new ProgressiveInvocations(),
            new PayloadPassthru(),
            new SessionMeta(),
            new SubscriptionMeta(),
            new RegistrationMeta(),
            new Revocation.OfRegistrations(),
            new Revocation.OfSubscriptions(),
            new Testaments(),
            new EventRetention(),
            new EventHistory());

    private Features() {}

    /** In the order of the report. */
    public static List<Feature> all() {
        return ALL;
    }
}
