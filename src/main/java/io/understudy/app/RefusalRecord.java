package io.understudy.app;

import io.understudy.access.Refusals;
import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import io.understudy.run.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Writes into the audit, in counts, who was not let in. */
final class RefusalRecord implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RefusalRecord.class.getName());

    private final Refusals refusals;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RepeatedTask task;

    RefusalRecord(Refusals refusals, AuditLog audit, InstantSource clock, Duration interval) {
        this.refusals = refusals;
        this.audit = audit;
        this.clock = clock;
        this.task = new RepeatedTask("record of refusals", interval, () -> {}, this::write);
    }

    private void write() {
        Map<String, Long> counts = refusals.drain();
        if (counts.isEmpty()) {
            return;
        }
        Map<String, String> details = new TreeMap<>();
        counts.forEach((why, count) -> details.put(why, count.toString()));
        try {
            audit.append(
                    new AuditEvent(clock.instant(), Run.UNDERSTUDY, "REFUSED", "access", details));
        } catch (RuntimeException e) {
            counts.forEach(refusals::count);
            LOGGER.log(Level.WARNING, "who was refused could not be audited; it is tried again", e);
        }
    }

    /** Writes what is left, too. */
    @Override
    public void close() {
        task.close();
        write();
    }
}
