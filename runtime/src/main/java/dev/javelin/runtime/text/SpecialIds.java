package dev.javelin.runtime.text;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The special tokens of a vocabulary by what they are for, such as {@code bos}, {@code eos}, {@code eot}, {@code unknown}
 * and {@code padding}.
 */
final class SpecialIds {

    static final int NONE = -1;

    private static final Logger LOG = System.getLogger(SpecialIds.class.getName());

    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> stated = new HashSet<>();

    /**
     * Reads what the file says.
     *
     * @param defaults what holds where it says nothing or names a token that does not exist
     */
    SpecialIds(VocabularySpec spec, Map<String, Integer> defaults) {
        int size = spec.tokens().size();
        defaults.forEach((key, id) -> {
            if (id < size) {
                ids.put(key, id);
            }
        });
        spec.ids().forEach((key, id) -> {
            if (id >= 0 && id < size) {
                ids.put(key, id.intValue());
                stated.add(key);
            } else {
                LOG.log(
                        Level.WARNING,
                        "a special token must be in the vocabulary, so it is ignored: key={0}{1}_token_id, id={2},"
                                + " tokens={3}, file={4}",
                        VocabularySpec.PREFIX,
                        key,
                        Long.toString(id),
                        Integer.toString(size),
                        spec.file());
            }
        });
    }

    /** Whether the file names the token for {@code key}. */
    boolean isStated(String key) {
        return stated.contains(key);
    }

    /** The token for {@code key}, or {@link #NONE}. */
    int id(String key) {
        return ids.getOrDefault(key, NONE);
    }
}
