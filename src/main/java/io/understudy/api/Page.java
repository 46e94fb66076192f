package io.understudy.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next where the next one starts; empty on the last
 */
record Page<T>(List<T> items, Optional<String> next) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 500;
    private static final int LONGEST_CURSOR = 1_024;

    Page {
        items = List.copyOf(items);
    }

    /**
     * What was asked for.
     *
     * @param limit how many items at most
     * @param after what the last item of the page before is known by
     */
    record Request(int limit, Optional<String> after) {

        static Request of(@Nullable String limit, @Nullable String cursor) {
            return new Request(
                    Parameters.number("limit", limit, 1, MOST).orElse(DEFAULT_LIMIT),
                    Optional.ofNullable(cursor).map(Page::opened));
        }

        /** One more than wanted, which tells whether there is a next page. */
        int fetch() {
            return limit + 1;
        }

        /** The page out of at most {@link #fetch()} things. */
        <S, T> Page<T> of(List<S> found, Function<S, String> key, Function<S, T> shape) {
            List<S> shown = found.subList(0, Math.min(limit, found.size()));
            boolean more = found.size() > limit;
            return new Page<>(
                    shown.stream().map(shape).toList(),
                    more ? Optional.of(sealed(key.apply(shown.getLast()))) : Optional.empty());
        }

        /** The page out of everything there is, in an order that stays. */
        <S, T> Page<T> ofAll(List<S> all, Function<S, String> key, Function<S, T> shape) {
            int from = 0;
            if (after.isPresent()) {
                from = all.stream().map(key).toList().indexOf(after.get()) + 1;
                if (from == 0) {
                    throw invalidCursor();
                }
            }
            return of(all.subList(from, Math.min(all.size(), from + fetch())), key, shape);
        }
    }

    static ProblemException invalidCursor() {
        return Problem.of(
                        ProblemType.INVALID_CURSOR,
                        "cursor: leads nowhere",
                        List.of(new Problem.Field("cursor", "leads nowhere")))
                .exception();
    }

    private static String sealed(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String opened(String cursor) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!key.isEmpty()
                    && cursor.length() <= LONGEST_CURSOR
                    && sealed(key).equals(cursor)
                    && key.chars().noneMatch(Character::isISOControl)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
        throw invalidCursor();
    }
}
