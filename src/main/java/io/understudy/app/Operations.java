package io.understudy.app;

import io.understudy.runbook.Operation;
import java.util.List;
import java.util.Locale;

/** Operations as settings write them. */
final class Operations {

    private Operations() {}

    /**
     * The operation of a setting's name.
     *
     * @param prefix what stands before it in the setting
     * @throws IllegalArgumentException naming the setting when there is no such operation
     */
    static Operation named(String prefix, String name) {
        try {
            return Operation.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    prefix + name + ": an operation is one of " + List.of(Operation.values()), e);
        }
    }
}
