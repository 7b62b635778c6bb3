package dev.weft.node;

import java.util.List;
import java.util.Map;

/**
 * What became of a configuration that was read again.
 *
 * @param accepted whether it is right; if not, nothing has changed
 * @param applied keys that changed and are in force now, with their values
 * @param needRestart keys that changed and are in force after a restart only
 * @param problems all that is wrong with it
 */
public record ReloadReport(
        boolean accepted, Map<String, Object> applied, Map<String, Object> needRestart, List<String> problems) {
    static ReloadReport refused(List<String> problems) {
        return new ReloadReport(false, Map.of(), Map.of(), problems);
    }
}
