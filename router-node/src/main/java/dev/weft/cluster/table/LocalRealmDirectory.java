package dev.weft.cluster.table;

import dev.weft.directory.RealmDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The realms on demand of a node that is a cluster by itself. */
public final class LocalRealmDirectory implements RealmDirectory {
    private final Map<String, Set<String>> kinds = new HashMap<>();

    @Override
    public synchronized CompletionStage<Boolean> claim(String kind, String realm, int most) {
        Set<String> present = kinds.computeIfAbsent(kind, first -> new HashSet<>());
        return CompletableFuture.completedStage(
                present.contains(realm) || (present.size() < most && present.add(realm)));
    }

    @Override
    public synchronized void release(String kind, String realm) {
        Set<String> present = kinds.get(kind);
        if (present != null) {
            present.remove(realm);
        }
    }
}
