package dev.weft.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one configuration key. The spelling of the key is the component's name in kebab-case.
 *
 * <p>A component without {@link #value()}, {@link #unset()} and {@link #required()} is a section: left out, all its keys
 * take their defaults.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What the key does, in one or two sentences of Markdown. */
    String doc();

    /** The default, as one would write it in the file; a list as {@code [a, b]}. */
    String value() default "";

    /** What happens when the key is left out, for keys without a default value. */
    String unset() default "";

    /** Whether the key has to be written. */
    boolean required() default false;

    /** A value to show in the documentation where the default does not show the form. */
    String example() default "";

    /** The smallest value allowed, in the key's own unit. */
    String min() default "";

    /** The largest value allowed, in the key's own unit. */
    String max() default "";

    /** A regular expression which the whole text has to match. */
    String pattern() default "";

    /** The pattern in words, completing "expected". */
    String patternSays() default "";
}
