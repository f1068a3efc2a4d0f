package dev.whydunit.authoring;

import dev.whydunit.authoring.rules.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Edits of a file's text: everything that they do not name stays as it is, comments and layout included. */
final class Mending {
    private Mending() {}

    /** The text with these edits; of two that overlap the first counts. */
    static String apply(String text, List<Edit> edits) {
        StringBuilder mended = new StringBuilder(text.length() + 2 * edits.size());
        int at = 0;
        for (Edit edit :
                edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList()) {
            if (edit.from() >= at && edit.to() <= text.length()) {
                mended.append(text, at, edit.from()).append(edit.replacement());
                at = edit.to();
            }
        }
        return mended.append(text, at, text.length()).toString();
    }

    /** The lines that differ, old and new, for people. Edits change no number of lines. */
    static List<String> changes(String name, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
            if (!old.get(i).equals(now.get(i))) {
                shown.add(name + ":" + (i + 1));
                shown.add("- " + old.get(i));
                shown.add("+ " + now.get(i));
            }
        }
        return shown;
    }

    /**
     * Puts a text in a file's place at once, so that a reader never sees half of it. The file keeps its permissions; a link stays
     * a link.
     */
    static void write(Path file, String text) throws IOException {
        Path real = file.toRealPath();
        Path folder = real.getParent();
        Path fresh = Files.createTempFile(folder == null ? Path.of(".") : folder, ".whydunit-", ".tmp");
        try {
            Files.writeString(fresh, text);
            PosixFileAttributeView permissions = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            if (permissions != null) {
                permissions.setPermissions(Files.getPosixFilePermissions(real));
            }
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
