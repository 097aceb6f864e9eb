package dev.javelin.runtime.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All filters by name. */
final class Filters {

    /** Of Jinja's own, those that have no place in a prompt or no one answer. */
    private static final Set<String> REFUSED = Set.of("pprint", "random", "striptags", "urlize", "wordwrap");

    private static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>();
        all.putAll(TextFilters.ALL);
        all.putAll(NumberFilters.ALL);
        all.putAll(ListFilters.ALL);
        all.putAll(OrderFilters.ALL);
        all.putAll(PickFilters.ALL);
        return Map.copyOf(all);
    }

    static @Nullable Filter find(String name) {
        return ALL.get(name);
    }

    static Filter get(String name) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw unknown(name);
        }
        return filter;
    }

    static Fault unknown(String name) {
        return Fault.syntax(
                REFUSED.contains(name)
                        ? "the filter " + name + " of Jinja is not supported in chat templates"
                        : "there is no filter named " + name);
    }
}
