package dev.weft.node;

/** What was built. */
public final class BuildInfo {
    private BuildInfo() {}

    /** The version, or {@code dev} when it was not packaged. */
    public static String version() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** What the router calls itself in WELCOME. */
    public static String agent() {
        return "Weft-" + version();
    }
}
