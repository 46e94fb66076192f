package io.understudy.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.conformance.Behaviour;
import io.understudy.counterpart.StandInPowerShell.Invocation;
import io.understudy.estate.ComponentId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The job protocol of the scripts: what is begun goes on whoever listens, and begins once. */
final class StandInJobs {

    private static final Duration LATE = Duration.ofSeconds(5);

    /** One job; guarded by the lock of all. */
    private static final class Job {
        private final String step;
        private final List<String> said = new ArrayList<>();
        private Optional<Map<String, Object>> result = Optional.empty();

        private Job(String step) {
            this.step = step;
        }
    }

    private final Object lock = new Object();
    private final StandInWorld world;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final List<Invocation> invocations = new ArrayList<>();
    private Behaviour behaviour = Behaviour.WELL;
    private boolean held;
    private boolean closed;
    private int orders;

    StandInJobs(StandInWorld world) {
        this.world = world;
    }

    void answer(JsonNode envelope, StandInTalk talk) throws IOException {
        talk.say("hello", Map.of("version", "stand-in"));
        switch (envelope.path("mode").asText()) {
            case "act" -> act(envelope, talk);
            case "check" -> check(envelope, talk);
            case "rehearse" -> rehearse(envelope, talk);
            case "read" -> read(envelope, talk);
            default ->
                    talk.conclude(
                            StandInResults.result("FAILED", "FAILED", "no such mode", "", ""));
        }
    }

    private void act(JsonNode envelope, StandInTalk talk) throws IOException {
        Job job;
        boolean joined;
        synchronized (lock) {
            orders++;
            if (!admitted(envelope)) {
                talk.say("result", StandInResults.superseded(envelope));
                return;
            }
            Optional<Job> running = running(step(envelope));
            Job own = jobs.get(key(envelope));
            joined = running.isPresent() || own != null;
            job = running.or(() -> Optional.ofNullable(own)).orElseGet(() -> begun(envelope));
        }
        talk.say("job", Map.of("joined", joined, "directory", key(envelope)));
        if (talk.diesAtTheEnd()) {
            behave(Behaviour.WELL); // it dies once
        }
        follow(job, envelope.path("heard").asInt(), talk);
    }

    private boolean admitted(JsonNode envelope) {
        String run = envelope.path("run").asText();
        long token = envelope.path("token").asLong();
        if (token < tokens.getOrDefault(run, Long.MIN_VALUE)) {
            return false;
        }
        tokens.put(run, token);
        return true;
    }

    private Job begun(JsonNode envelope) {
        Job job = new Job(step(envelope));
        jobs.put(key(envelope), job);
        Behaviour treated = behaviour;
        Thread.ofVirtual().start(() -> carryOut(job, envelope, treated));
        return job;
    }

    private void carryOut(Job job, JsonNode envelope, Behaviour treated) {
        try {
            cmdlet(job, envelope, treated);
        } catch (RuntimeException e) {
            end(job, StandInResults.result("FAILED", "FAILED", e.toString(), "", "CANNOT_TELL"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cmdlet(Job job, JsonNode envelope, Behaviour treated) throws InterruptedException {
        if (treated == Behaviour.HANG
                || treated == Behaviour.REFUSE
                || treated == Behaviour.UNREACHABLE) {
            if (treated != Behaviour.HANG) {
                end(job, StandInResults.failed(treated));
            }
            return;
        }
        if (treated == Behaviour.LATE) {
            Thread.sleep(LATE);
        }
        StepCall call = StandInActions.call(envelope);
        synchronized (lock) {
            Invocation invocation = StandInActions.invocation(call);
            invocations.add(invocation);
            job.said.add("VERBOSE: " + invocation.cmdlet() + " begins");
            lock.notifyAll();
            await(() -> !held);
        }
        StepOutcome outcome = world.carryOut(call);
        synchronized (lock) {
            job.said.add("VERBOSE: the cmdlet has ended");
        }
        end(job, StandInResults.told(outcome));
    }

    private void end(Job job, Map<String, Object> result) {
        synchronized (lock) {
            job.result = Optional.of(result);
            lock.notifyAll();
        }
    }

    private void follow(Job job, int heard, StandInTalk talk) throws IOException {
        try {
            followed(job, heard, talk);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this process was ended", e);
        }
    }

    private void followed(Job job, int heard, StandInTalk talk)
            throws IOException, InterruptedException {
        int told = heard;
        while (true) {
            List<String> fresh;
            Optional<Map<String, Object>> result;
            synchronized (lock) {
                int from = told;
                await(() -> job.said.size() > from || job.result.isPresent());
                fresh =
                        List.copyOf(
                                job.said.subList(Math.min(told, job.said.size()), job.said.size()));
                result = job.result;
                if (closed) {
                    return;
                }
            }
            for (String line : fresh) {
                told++;
                talk.say("progress", Map.of("number", told, "text", line));
            }
            if (result.isPresent() && fresh.isEmpty()) {
                talk.conclude(result.get());
                return;
            }
        }
    }

    private void check(JsonNode envelope, StandInTalk talk) throws IOException {
        boolean running;
        Optional<Map<String, Object>> known;
        synchronized (lock) {
            running = running(step(envelope)).isPresent();
            known =
                    Optional.ofNullable(jobs.get(key(envelope)))
                            .flatMap(job -> job.result)
                            .filter(r -> "DONE".equals(r.get("result")));
        }
        if (running) {
            talk.conclude(StandInResults.result("UNDER_WAY", "", "it goes on", "", "UNDER_WAY"));
        } else if (known.isPresent()) {
            talk.conclude(known.get());
        } else {
            Presence seen = world.look(StandInActions.call(envelope));
            talk.conclude(StandInResults.result(seen.name(), "", "", "", seen.name()));
        }
    }

    private void rehearse(JsonNode envelope, StandInTalk talk) throws IOException {
        StepCall call = StandInActions.call(envelope);
        talk.print("What if: " + StandInActions.invocation(call).cmdlet());
        talk.conclude(StandInResults.result("REHEARSED", "", "", "", world.look(call).name()));
    }

    private void read(JsonNode envelope, StandInTalk talk) throws IOException {
        ComponentId component = StandInFacts.component(envelope);
        talk.say("facts", StandInFacts.of(world.read(component)));
        talk.conclude(StandInResults.result("DONE", "", "", "", ""));
    }

    private Optional<Job> running(String step) {
        return jobs.values().stream()
                .filter(job -> job.step.equals(step) && job.result.isEmpty())
                .findFirst();
    }

    private static String step(JsonNode envelope) {
        return envelope.path("run").asText() + "-" + envelope.path("step").asInt();
    }

    private static String key(JsonNode envelope) {
        return step(envelope) + "-" + envelope.path("attempt").asInt();
    }

    /** Waits under the lock. */
    private void await(BooleanSupplier holds) throws InterruptedException {
        while (!closed && !holds.getAsBoolean()) {
            lock.wait();
        }
    }

    Behaviour behaviour() {
        synchronized (lock) {
            return behaviour;
        }
    }

    void behave(Behaviour next) {
        synchronized (lock) {
            behaviour = next;
        }
    }

    void hold() {
        synchronized (lock) {
            held = true;
        }
    }

    void release() {
        synchronized (lock) {
            held = false;
            lock.notifyAll();
        }
    }

    void awaitInvocation(String cmdlet) throws InterruptedException {
        synchronized (lock) {
            await(() -> invocations.stream().anyMatch(one -> one.cmdlet().equals(cmdlet)));
        }
    }

    List<Invocation> invocations() {
        synchronized (lock) {
            return List.copyOf(invocations);
        }
    }

    int orders() {
        synchronized (lock) {
            return orders;
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            held = false;
            lock.notifyAll();
        }
    }
}
