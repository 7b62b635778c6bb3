package dev.weft.wamp.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** UBJSON as its specification reads, recursive and without limits; there is no library of it for Java that is kept. */
final class UbjsonOracle {
    private final DataInputStream in;
    private final DataOutputStream out;
    private int forms;

    private UbjsonOracle(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    static Object read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        UbjsonOracle oracle = new UbjsonOracle(in, new DataOutputStream(new ByteArrayOutputStream()));
        Object value = oracle.value(oracle.marker());
        if (in.read() >= 0) {
            throw new IOException("more than one value");
        }
        return value;
    }

    /** Uses the plain, the counted and the strongly typed form of lists and dicts in turn. */
    static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new UbjsonOracle(new DataInputStream(new ByteArrayInputStream(new byte[0])), new DataOutputStream(bytes))
                .put(value);
        return bytes.toByteArray();
    }

    private char marker() throws IOException {
        char marker = (char) in.readUnsignedByte();
        return marker == 'N' ? marker() : marker;
    }

    private Object value(char marker) throws IOException {
        return switch (marker) {
            case 'Z' -> null;
            case 'T' -> true;
            case 'F' -> false;
            case 'd' -> (double) in.readFloat();
            case 'D' -> in.readDouble();
            case 'H' -> number(text());
            case 'C' -> String.valueOf((char) in.readUnsignedByte());
            case 'S' -> text();
            case '[' -> list();
            case '{' -> dict();
            default -> integer(marker);
        };
    }

    private long integer(char marker) throws IOException {
        return switch (marker) {
            case 'i' -> in.readByte();
            case 'U' -> in.readUnsignedByte();
            case 'I' -> in.readShort();
            case 'l' -> in.readInt();
            case 'L' -> in.readLong();
            default -> throw new IOException("marker " + marker);
        };
    }

    private static Object number(String text) {
        BigInteger value = new BigInteger(text);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private byte[] bytes(long length) throws IOException {
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length != length) {
            throw new EOFException();
        }
        return bytes;
    }

    private String text() throws IOException {
        return new String(bytes(integer((char) in.readUnsignedByte())), StandardCharsets.UTF_8);
    }

    private Object list() throws IOException {
        char type = marker();
        if (type == '$' || type == '#') {
            char of = type == '$' ? (char) in.readUnsignedByte() : 0;
            long count = integer(counted(type));
            if (of == 'U') {
                return bytes(count);
            }
            List<Object> list = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                list.add(value(of == 0 ? marker() : of));
            }
            return list;
        }
        List<Object> list = new ArrayList<>();
        for (char next = type; next != ']'; next = marker()) {
            list.add(value(next));
        }
        return list;
    }

    private char counted(char type) throws IOException {
        if (type == '$' && in.readUnsignedByte() != '#') {
            throw new IOException("a type without a size");
        }
        return (char) in.readUnsignedByte();
    }

    private Object dict() throws IOException {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (char next = marker(); next != '}'; next = marker()) {
            String key = new String(bytes(integer(next)), StandardCharsets.UTF_8);
            dict.put(key, value(marker()));
        }
        return dict;
    }

    private void put(Object value) throws IOException {
        if (value instanceof List<?> list) {
            putList(list);
        } else if (value instanceof Map<?, ?> dict) {
            putDict(dict);
        } else {
            char marker = markerOf(value);
            out.writeByte(marker);
            putData(marker, value);
        }
    }

    private char markerOf(Object value) {
        if (value == null) {
            return 'Z';
        }
        if (value instanceof Boolean bool) {
            return bool ? 'T' : 'F';
        }
        if (value instanceof Long number) {
            return number == number.byteValue() ? 'i' : number == number.intValue() ? 'l' : 'L';
        }
        if (value instanceof byte[]) {
            return '[';
        }
        return value instanceof BigInteger ? 'H' : value instanceof Double ? 'D' : 'S';
    }

    private void putData(char marker, Object value) throws IOException {
        switch (marker) {
            case 'i' -> out.writeByte(((Long) value).intValue());
            case 'l' -> out.writeInt(((Long) value).intValue());
            case 'L' -> out.writeLong((Long) value);
            case 'D' -> out.writeDouble((Double) value);
            case 'H', 'S' -> putText(value.toString());
            case '[' -> {
                byte[] bytes = (byte[]) value;
                out.writeBytes("$U#l");
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            default -> {}
        }
    }

    private void putText(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('l');
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private void putList(List<?> list) throws IOException {
        boolean integers = list.stream().allMatch(element -> element instanceof Long);
        int form = integers ? forms++ % 3 : forms++ % 2;
        out.writeBytes(form == 0 ? "[N" : form == 1 ? "[#l" : "[$L#l");
        if (form > 0) {
            out.writeInt(list.size());
        }
        for (Object element : list) {
            if (form == 2) {
                out.writeLong((Long) element);
            } else {
                put(element);
            }
        }
        if (form == 0) {
            out.writeByte(']');
        }
    }

    private void putDict(Map<?, ?> dict) throws IOException {
        boolean strings = dict.values().stream().allMatch(element -> element instanceof String);
        int form = strings ? forms++ % 3 : forms++ % 2;
        out.writeBytes(form == 0 ? "{" : form == 1 ? "{#l" : "{$S#l");
        if (form > 0) {
            out.writeInt(dict.size());
        }
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            putText(entry.getKey().toString());
            if (form == 2) {
                putText(entry.getValue().toString());
            } else {
                put(entry.getValue());
            }
        }
        if (form == 0) {
            out.writeByte('}');
        }
    }
}
