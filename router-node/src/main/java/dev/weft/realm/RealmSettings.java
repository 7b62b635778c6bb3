package dev.weft.realm;

import dev.weft.auth.RealmAuthentication;
import dev.weft.meta.MetaAccess;

/**
 * What is configured of one realm.
 *
 * @param authentication who may join
 * @param strictUris whether URIs must follow the strict rules of the specification, not only the loose ones
 * @param strictRequestIds whether request ids must be sequential
 * @param metaAccess how much of the meta API clients have
 * @param disclosure what clients are told of each other
 */
public record RealmSettings(
        String uri,
        RealmAuthentication authentication,
        boolean strictUris,
        boolean strictRequestIds,
        MetaAccess metaAccess,
        LoopDisclosure disclosure) {}
