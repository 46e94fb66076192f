package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How commands are written, and what of the estate they name. */
final class Words {

    private Words() {}

    /** As the cmdlets write it: CentralMgmt for CENTRAL_MGMT. */
    static String cmdlet(Enum<?> value) {
        StringBuilder word = new StringBuilder();
        for (String part : value.name().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    /** A database as T-SQL names it. */
    static String bracketed(String database) {
        return "[" + database.replace("]", "]]") + "]";
    }

    /** A text as T-SQL writes it. */
    static String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    /** The statement of each database, one a line. */
    static String each(List<String> databases, Function<String, String> statement) {
        return databases.stream().map(statement).collect(Collectors.joining("\n"));
    }

    static String listed(Collection<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** The names of a store's databases of a type. */
    static List<String> databases(Store store, DatabaseType type) {
        return store.databases().stream()
                .filter(database -> database.type() == type)
                .map(database -> database.name())
                .toList();
    }

    static Store store(Estate estate, StoreName name) {
        return estate.store(name).orElseThrow(() -> missing(ComponentId.of(name)));
    }

    static Pool pool(Estate estate, PoolFqdn fqdn) {
        return estate.pool(fqdn).orElseThrow(() -> missing(ComponentId.of(fqdn)));
    }

    static IllegalArgumentException missing(Object what) {
        return new IllegalArgumentException("the estate has no " + what);
    }
}
