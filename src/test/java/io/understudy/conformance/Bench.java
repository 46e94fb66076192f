package io.understudy.conformance;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.runbook.Action;
import java.util.Optional;

/**
 * An executor and the other side that it talks to, made anew for each test: the real thing where it
 * can run, else a counterpart that speaks the protocol.
 */
public interface Bench extends AutoCloseable {

    /** The executor, as it is used in earnest. */
    StepExecutor executor();

    /** A second executor for the same other side, as a process that was started anew has it. */
    StepExecutor restarted();

    /** An action that it supports and that has no effect yet; the same one at each call. */
    Action action();

    /**
     * One that it supports, with a name in it that a shell or a parser could take for code: a
     * database or a service, say. Host names cannot be such, their types refuse it; an executor
     * that takes none but those gives one that its estate does not have. Empty where it takes no
     * names.
     */
    Optional<Action> hostile();

    /** The management server that the call names, where the executor needs one. */
    default Optional<ManagementServer> managementServer() {
        return Optional.empty();
    }

    /**
     * Tells the other side how to treat what comes next. It is told so before there was an order,
     * and again between two; what was begun before goes on as it was.
     *
     * @return false where this other side cannot behave so: the test is then skipped
     */
    boolean behave(Behaviour behaviour);

    /** How often the other side has really carried the action out. */
    int effects();

    /**
     * How many orders have reached the other side at all, looks not counted; one that is refused,
     * or that hangs, has reached it. May be asked by another thread while one is given.
     */
    int orders();

    @Override
    void close() throws Exception;
}
