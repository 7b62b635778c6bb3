package dev.weft.realm;

import dev.weft.meta.MetaAccess;
import dev.weft.session.DisclosurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of one realm.
 *
 * @param anonymousRole the role of clients that do not authenticate; null if there are none
 * @param strictUris whether URIs must follow the strict rules of the specification, not only the loose ones
 * @param strictRequestIds whether request ids must be sequential
 * @param metaAccess how much of the meta API clients have
 * @param disclosure what clients are told of each other
 */
public record RealmSettings(
        String uri,
        @Nullable String anonymousRole,
        boolean strictUris,
        boolean strictRequestIds,
        MetaAccess metaAccess,
        DisclosurePolicy disclosure) {}
