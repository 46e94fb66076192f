package io.understudy.audit;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** The audit for tests. Safe on any thread. */
public final class MemoryAudit implements AuditLog {

    public final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void append(AuditEvent event) {
        events.add(event);
    }

    @Override
    public List<Entry> newest(int limit, OptionalLong before) {
        return List.of();
    }

    public List<String> actions() {
        return events.stream().map(e -> e.actor() + " " + e.action()).toList();
    }
}
