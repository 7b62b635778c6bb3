package dev.weft.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a configuration file as the text that they have to be. */
final class ConfigFile {
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /** The text of the file, or null with a problem. */
    static @Nullable String read(Path file, Origin origin, Problems problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.error(origin, "", "larger than " + new DataSize(MAX_BYTES));
                return null;
            }
            return decode(Files.readAllBytes(file), origin, problems);
        } catch (IOException e) {
            problems.error(origin, "", cannotRead(file, e));
            return null;
        }
    }

    /** Why a file could not be read, in words. */
    static String cannotRead(Path file, IOException e) {
        if (file.toString().isEmpty()) {
            return "the name of the file is empty";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no file " + file;
        }
        if (Files.isDirectory(file)) {
            return file + " is a directory";
        }
        if (e instanceof AccessDeniedException) {
            return "the file " + file + " may not be read";
        }
        if (e instanceof CharacterCodingException) {
            return "the file " + file + " is not UTF-8";
        }
        return "the file " + file + " cannot be read: " + e.getMessage();
    }

    private static @Nullable String decode(byte[] bytes, Origin origin, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            String hex = String.format("0x%02X", bytes[in.position()]);
            problems.error(
                    new Origin(origin.layer(), origin.source(), line, column),
                    "",
                    "not UTF-8: the byte " + hex + " cannot stand here",
                    "save the file as UTF-8");
            return null;
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
