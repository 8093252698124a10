package awaitbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON, as much of it as a job has: objects, arrays, booleans, whole numbers, and strings without escapes, which the
 * harness never writes. They become Map, List, Boolean, Long and String.
 */
final class Json {
    private static final int DEEPEST = 32;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Returns the value that a text is. Throws BadJob where it is none. */
    static Object parse(String text) {
        var json = new Json(text);
        Object value = json.value(0);
        json.skipBlanks();
        if (json.at < text.length()) {
            throw bad();
        }
        return value;
    }

    private static BadJob bad() {
        return new BadJob("A job is a line of JSON; this one differs.");
    }

    private Object value(int depth) {
        if (depth == DEEPEST) {
            throw bad();
        }
        return switch (next()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        var members = new LinkedHashMap<String, Object>();
        take('{');
        while (!taken('}')) {
            if (!members.isEmpty()) {
                take(',');
            }
            next();
            String name = string();
            take(':');
            if (members.put(name, value(depth)) != null) {
                throw bad();
            }
        }
        return members;
    }

    private List<Object> array(int depth) {
        var elements = new ArrayList<Object>();
        take('[');
        while (!taken(']')) {
            if (!elements.isEmpty()) {
                take(',');
            }
            elements.add(value(depth));
        }
        return elements;
    }

    private String string() {
        take('"');
        int end = text.indexOf('"', at);
        if (end < 0 || text.substring(at, end).chars().anyMatch(c -> c == '\\' || c < ' ')) {
            throw bad();
        }
        String found = text.substring(at, end);
        at = end + 1;
        return found;
    }

    private Boolean word(String word, boolean value) {
        if (!text.startsWith(word, at)) {
            throw bad();
        }
        at += word.length();
        return value;
    }

    private Long number() {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        try {
            return Long.valueOf(text.substring(start, at));
        } catch (NumberFormatException error) {
            throw bad();
        }
    }

    /** The character that comes next, blanks aside, or NUL at the end. */
    private char next() {
        skipBlanks();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean taken(char wanted) {
        boolean found = next() == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void take(char wanted) {
        if (!taken(wanted)) {
            throw bad();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
