package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import java.util.List;

/** How one action is looked at and carried out. Not for use by two threads. */
interface Order {

    /** What it is about, in the order in which they are acted on. */
    List<String> databases();

    /** Looks whether the effect is there. */
    Presence presence() throws SqlTrouble;

    /** Looks what is to be sent for some of the databases. */
    Plan plan(List<String> some) throws SqlTrouble;

    /** Whether a statement is only sent when a fresh look would send it, too. */
    default boolean looksAgain() {
        return true;
    }
}
