package dev.weft.load.report;

/** Text in XML. */
public final class Xml {
    private Xml() {}

    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
