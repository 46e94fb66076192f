package io.understudy.control;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The audit for tests. */
final class MemoryAudit implements AuditLog {

    final List<AuditEvent> events = new ArrayList<>();

    @Override
    public void append(AuditEvent event) {
        events.add(event);
    }

    @Override
    public List<Entry> newest(int limit, OptionalLong before) {
        return List.of();
    }

    List<String> actions() {
        return events.stream().map(e -> e.actor() + " " + e.action()).toList();
    }
}
