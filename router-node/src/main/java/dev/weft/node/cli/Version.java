package dev.weft.node.cli;

import picocli.CommandLine.IVersionProvider;

/** What is running. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /** Versions of Weft and Java, and the system, on one line. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "weft " + (version == null ? "(not packaged)" : version)
                + ", Java " + System.getProperty("java.version")
                + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
