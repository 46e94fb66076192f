package io.understudy.adapter.sqlserver;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an answer, by the names of its columns; what is null there is absent here. */
record Row(Map<String, String> values) {

    Row {
        values = Map.copyOf(values);
    }

    Optional<String> text(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** A text that is there. */
    String name(String column) {
        return text(column).orElse("");
    }

    boolean is(String column, String value) {
        return text(column).filter(value::equalsIgnoreCase).isPresent();
    }

    OptionalLong number(String column) {
        Optional<BigDecimal> value = decimal(column);
        return value.isPresent() ? OptionalLong.of(value.get().longValue()) : OptionalLong.empty();
    }

    /** A number, be it as long as a log sequence number. */
    Optional<BigDecimal> decimal(String column) {
        return text(column).map(BigDecimal::new);
    }

    /** A bit. */
    Optional<Boolean> flag(String column) {
        return text(column).map(bit -> bit.equals("1") || bit.equalsIgnoreCase("true"));
    }
}
