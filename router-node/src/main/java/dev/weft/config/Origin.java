package dev.weft.config;

/**
 * Where a value was written.
 *
 * @param layer the kind of source
 * @param source the file as it was named, or the variable or flag
 * @param line counted from 1; 0 if the source has no lines
 * @param column counted from 1; 0 if the source has no lines
 */
record Origin(Layer layer, String source, int line, int column) {

    /** The sources, the weakest first. */
    enum Layer {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    /** In the form that editors recognise: {@code weft.yaml:3:5}. */
    String text() {
        return line > 0 ? source + ":" + line + ":" + column : source;
    }

    static Origin of(Layer layer, String source) {
        return new Origin(layer, source, 0, 0);
    }
}
