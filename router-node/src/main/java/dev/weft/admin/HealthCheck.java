package dev.weft.admin;

/**
 * One thing that has to be right for a node to be ready.
 *
 * @param name such as {@code cluster.synced}
 * @param says what is, or what is missing
 * @param seconds for how long it has been so, as far as anybody looked; 0 or more
 */
public record HealthCheck(String name, boolean passes, String says, long seconds) {
    String line() {
        return (passes ? "[+] " : "[-] ") + name + ": " + says + " (for " + seconds + " s)\n";
    }
}
