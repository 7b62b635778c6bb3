package dev.weft.auth.credential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A credential as one text: {@code $scheme$name=value,name=value$part$part}, in the manner of crypt(3).
 *
 * @param parameters by name
 * @param parts what comes after the parameters
 */
record StoredText(String scheme, Map<String, String> parameters, List<String> parts) {
    private static final int LONGEST = 4096;

    /** @throws IllegalArgumentException whose message says what is wrong, and nothing of what was there */
    static StoredText parse(String text) {
        String[] fields = text.split("\\$", -1);
        if (text.length() > LONGEST || fields.length < 3 || !fields[0].isEmpty()) {
            throw new IllegalArgumentException("not of the form $scheme$name=value,...$...");
        }
        int first = fields[2].startsWith("v=") ? 3 : 2;
        if (first == 3 && !fields[2].equals("v=19")) {
            throw new IllegalArgumentException("only version 19 of Argon2 is known");
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : fields[first].split(",", -1)) {
            String[] halves = pair.split("=", 2);
            if (halves.length != 2 || parameters.put(halves[0], halves[1]) != null) {
                throw new IllegalArgumentException("the parameters are not name=value,name=value");
            }
        }
        return new StoredText(fields[1], parameters, List.of(fields).subList(first + 1, fields.length));
    }

    int number(String name, int least, int most) {
        String text = parameters.getOrDefault(name, "");
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " has to be a number from " + least + " to " + most);
        }
        return value;
    }

    StoredText expect(int count) {
        if (parts.size() != count) {
            throw new IllegalArgumentException("there have to be " + count + " parts after the parameters");
        }
        return this;
    }

    /** A part in base64, with or without its padding. */
    byte[] octets(int part, String what, int least, int most) {
        String text = parts.get(part);
        String padded = text + "=".repeat((4 - text.length() % 4) % 4);
        byte[] bytes;
        try {
            bytes = Crypto.fromBase64(padded);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException(what + " is not base64", notBase64);
        }
        if (bytes.length < least || bytes.length > most) {
            throw new IllegalArgumentException(what + " has to have " + least + " to " + most + " octets");
        }
        return bytes;
    }
}
