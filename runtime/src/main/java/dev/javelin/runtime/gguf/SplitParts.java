package dev.javelin.runtime.gguf;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds all parts of a model from one of them, and checks that they belong together. */
final class SplitParts {

    private SplitParts() {}

    /** Opens all parts, in their order. */
    static List<GgufPart> open(Path path, Arena arena) {
        GgufPart given = GgufPart.open(path, arena);
        SplitInfo split = given.header().split();
        if (split.count() == 1) {
            return List.of(given);
        }
        SplitName name = SplitName.of(path);
        if (name == null || name.number() != split.number() || name.count() != split.count()) {
            throw GgufException.of(
                    given.name(),
                    "a part of a split model is named by its number, to find the others: expected=…-%05d-of-%05d.gguf",
                    split.number() + 1,
                    split.count());
        }
        for (int i = 0; i < split.count(); i++) { // before any is read
            requirePresent(name.sibling(i), i, split.count());
        }
        List<GgufPart> parts = new ArrayList<>();
        for (int i = 0; i < split.count(); i++) {
            parts.add(i == split.number() ? given : GgufPart.open(name.sibling(i), arena));
        }
        requireTogether(parts);
        return List.copyOf(parts);
    }

    private static void requirePresent(Path path, int number, int count) {
        if (!Files.exists(path)) {
            throw GgufException.of(
                    path.toString(),
                    "all parts of a split model must lie in one folder: missing=%d, of=%d",
                    number + 1,
                    count);
        }
    }

    private static void requireTogether(List<GgufPart> parts) {
        GgufPart first = parts.getFirst();
        SplitInfo split = first.header().split();
        Map<String, GgufPart> owners = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            GgufPart part = parts.get(i);
            SplitInfo other = part.header().split();
            if (other.number() != i || !other.agrees(split)) {
                throw GgufException.of(
                        part.name(), "parts must be of one model: found=%s, first part=%s", other, split);
            }
            if (part.header().order() != first.header().order()) {
                throw GgufException.of(
                        part.name(),
                        "parts must have one byte order: found=%s, first part=%s",
                        part.header().order(),
                        first.header().order());
            }
            for (GgufTensor tensor : part.header().tensors()) {
                GgufPart owner = owners.putIfAbsent(tensor.name(), part);
                if (owner != null) {
                    throw GgufException.of(
                            part.name(),
                            "a tensor is in one part only: tensor=%s, also in=%s",
                            tensor.name(),
                            owner.name());
                }
            }
        }
        Long expected = split.tensors();
        if (expected != null && expected != owners.size()) {
            throw GgufException.of(
                    first.name(),
                    "the parts must have all tensors: split.tensors.count=%d, found=%d",
                    expected,
                    owners.size());
        }
    }
}
