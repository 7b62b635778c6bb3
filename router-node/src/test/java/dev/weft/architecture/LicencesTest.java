package dev.weft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Every library that is there has a licence that may be used with ours, as its own POM or one above says. */
class LicencesTest {
    private static final Pattern ALLOWED = Pattern.compile(
            ".*(apache|\\bmit\\b|mit-0|bsd|eclipse public|\\bepl\\b|public domain|cc0|bouncy castle|edl 1\\.0|eclipse distribution).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Test
    void everyLibraryHasALicenceThatMayBeUsed() throws Exception {
        List<Path> poms = poms();
        assertThat(poms).hasSizeGreaterThan(10);
        List<String> others = new ArrayList<>();
        for (Path pom : poms) {
            String licence = licence(pom);
            if (!ALLOWED.matcher(licence).matches()) {
                others.add(pom.getFileName() + ": " + licence);
            }
        }
        assertThat(others).isEmpty();
    }

    /** Of the class path of this test, those that came from a repository. */
    private static List<Path> poms() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(LicencesTest::pomOf)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    /** In a repository a jar lies in a directory of its version, below that of its artifact. */
    private static Path pomOf(String jar) {
        Path version = Path.of(jar).getParent();
        return version.resolve(version.getParent().getFileName() + "-" + version.getFileName() + ".pom");
    }

    private static String licence(Path pom) throws Exception {
        Element project = parse(pom).getDocumentElement();
        Element licences = child(project, "licenses");
        if (licences != null) {
            return licences.getTextContent().strip();
        }
        Element parent = child(project, "parent");
        if (parent == null) {
            return "none";
        }
        Path repository = repository(pom, project, parent);
        return licence(repository);
    }

    private static Path repository(Path pom, Element project, Element parent) throws IOException {
        Element own = child(project, "groupId");
        String group =
                own == null ? text(parent, "groupId") : own.getTextContent().strip();
        Path root = pom.getParent().getParent().getParent();
        Matcher dots = Pattern.compile("[^.]+").matcher(group);
        while (dots.find()) {
            root = root.getParent();
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        return root.resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    private static Document parse(Path pom) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(pom.toFile());
    }

    private static String text(Element element, String name) throws IOException {
        Element child = child(element, name);
        if (child == null) {
            throw new IOException("no " + name);
        }
        return child.getTextContent().strip();
    }

    private static Element child(Element element, String name) {
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child instanceof Element found && found.getTagName().equals(name)) {
                return found;
            }
        }
        return null;
    }
}
