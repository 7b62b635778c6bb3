package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SerializersPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestThatTheDocumentationNamesIsThere() throws IOException, ClassNotFoundException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = TEST.matcher(Files.readString(Path.of("..", "docs", "serializers.md")));
        while (matcher.find()) {
            Class<?> test = Class.forName(getClass().getPackageName() + "." + matcher.group(1));
            assertThat(Arrays.stream(test.getDeclaredMethods()).map(Method::getName))
                    .contains(matcher.group(2));
            named.add(matcher.group());
        }
        assertThat(named).hasSizeGreaterThan(30);
    }
}
