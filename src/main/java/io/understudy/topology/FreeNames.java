package io.understudy.topology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that occur once: the second of a name gets a number. */
final class FreeNames {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> asked = new HashMap<>();

    /** The name that is wanted, or the next one after it that is free. */
    String free(String wanted) {
        String name = wanted;
        for (int n = asked.merge(wanted, 1, Integer::sum); !taken.add(name); n = next(wanted)) {
            name = wanted + "-" + n;
        }
        return name;
    }

    private int next(String wanted) {
        return asked.merge(wanted, 1, Integer::sum);
    }
}
