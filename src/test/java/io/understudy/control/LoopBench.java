package io.understudy.control;

import io.understudy.adapter.spi.Probe;
import io.understudy.audit.MemoryAudit;
import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.decision.Snapshot;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Position;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.JournalEntry;
import io.understudy.run.MemoryRunStore;
import io.understudy.run.Run;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.StepRehearsals;
import io.understudy.run.TestRuns;
import io.understudy.run.Ticker;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The shell around one store and its pool, with a decider that knows one rule: a principal that is
 * down calls for a mirror failover, which no other run may hold up.
 */
final class LoopBench {

    static final ComponentId STORE = ComponentId.parse("store:be1");
    static final ComponentId PRINCIPAL = ComponentId.parse("sql:sql1.contoso.com/rtc");
    static final ComponentId POOL = ComponentId.parse("pool:pool1.contoso.com");
    static final Duration WITHDRAW_AFTER = Duration.ofSeconds(30);
    private static final List<String> OBSERVERS = List.of("o-redmond", "o-dublin");

    final Ticker clock = new Ticker(TestRuns.AT);
    final MemoryAudit audit = new MemoryAudit();
    final MemoryRunStore runs = new MemoryRunStore(clock, audit);
    final MemoryEvaluationLog evaluations = new MemoryEvaluationLog(audit);
    final MemoryObservationLog observations = new MemoryObservationLog();
    final List<String> told = new ArrayList<>();
    final List<Snapshot> snapshots = new ArrayList<>();
    final Map<ComponentId, Status> seen = new HashMap<>();
    Mode mode = Mode.AUTOMATE;
    boolean blocked;

    /** What is decided instead of the mirror failover, and by which row. */
    Optional<Remedy> instead = Optional.empty();

    String rule = "B3";

    /** A second decision that comes after the first. */
    boolean successor;

    Function<Decision, Runbook> runbooks = LoopBench::runbook;
    private int ids;

    final LiveDocument<Estate> estate =
            new LiveDocument<>(
                    "estate",
                    new MemoryDocuments<>(audit),
                    Optional.of(estate()),
                    clock,
                    () -> told.add("estate"));
    final LiveDocument<Policy> policy =
            new LiveDocument<>(
                    "policy",
                    new MemoryDocuments<>(audit),
                    Optional.of(Policy.DEFAULT),
                    clock,
                    () -> told.add("policy"));
    private final ControlListener listener =
            new ControlListener() {
                @Override
                public void evaluated(Present present, EvaluationLog.Change change, Duration took) {
                    told.add(change.isEmpty() ? "no change" : "change");
                }

                @Override
                public void observed(int fresh, int repeated, Duration oldest) {
                    told.add("observed " + fresh + "+" + repeated + ", " + oldest);
                }

                @Override
                public void runChanged(Run run, List<JournalEntry> lines) {
                    told.add(run.state().name());
                }
            };
    final Probe probe =
            new Probe() {
                @Override
                public boolean sees(ComponentId component) {
                    return component.kind() == ComponentKind.SQL;
                }

                @Override
                public Reading read(ObserverName observer, ComponentId component) {
                    return new Reading(
                            seen.getOrDefault(component, Status.UP), new Facts.None(), "looked");
                }
            };
    final Vantage vantage = new Vantage(probe, Optional.empty(), clock);
    final AnnouncedRuns announced = new AnnouncedRuns(runs, listener);
    final Judgement judgement =
            new Judgement(
                    estate, policy, new HealthMemory(), runs, this::decide, this::decide, clock);
    final RunOpening opening =
            new RunOpening(
                    (decision, _) -> runbooks.apply(decision),
                    new ExecutorRouting(List.of(), Map.of()),
                    announced,
                    clock,
                    this::id);
    final ControlLoop loop = loop();
    final Reception reception =
            new Reception(observations, loop, listener, clock, () -> told.add("wake"));
    final FreshReassessment reassessment =
            new FreshReassessment(estate, vantage, judgement, Runnable::run);
    final Runs people =
            new Runs(
                    loop,
                    opening,
                    announced,
                    clock,
                    new DryRuns(
                            reassessment,
                            new StepRehearsals(
                                    new ExecutorRouting(List.of(), Map.of()),
                                    this::id,
                                    Runnable::run,
                                    Duration.ofSeconds(30))));

    /** A loop as a new process has it. */
    ControlLoop loop() {
        return new ControlLoop(
                judgement,
                evaluations,
                opening,
                announced,
                listener,
                clock,
                this::id,
                WITHDRAW_AFTER);
    }

    Runner runner() {
        return new Runner(
                "a",
                announced,
                new ExecutorRouting(List.of(), Map.of()),
                reassessment,
                new LocalSight(estate, vantage, observations),
                (_, _) -> () -> {},
                clock,
                Passing.by(clock),
                RunnerSettings.DEFAULT);
    }

    /** Every observer says so, now. */
    void say(ComponentId component, Status status) {
        seen.put(component, status);
        OBSERVERS.forEach(observer -> say(observer, component, status));
    }

    void say(String observer, ComponentId component, Status status) {
        reception.receive(
                List.of(
                        new Observation(
                                id(),
                                component,
                                status,
                                new ObserverName(observer),
                                clock.instant(),
                                new Facts.None())));
    }

    /** Says it as often as hysteresis asks for, a second apart. */
    void settle(ComponentId component, Status status) {
        say(component, status);
        clock.advance(Duration.ofSeconds(1));
        say(component, status);
    }

    Run onlyRun() {
        List<Run> all = runs.newest(10, Optional.empty());
        if (all.size() != 1) {
            throw new AssertionError("not one run but " + all);
        }
        return all.getFirst();
    }

    private String id() {
        return "id-%04d".formatted(++ids);
    }

    private Evaluation decide(Snapshot snapshot) {
        snapshots.add(snapshot);
        if (snapshot.conditions().status(PRINCIPAL) != Status.DOWN) {
            return Evaluation.NOTHING;
        }
        Finding finding =
                new Finding(
                        FindingCode.PRINCIPAL_LOST,
                        STORE,
                        "B3",
                        Severity.CRITICAL,
                        snapshot.conditions().of(PRINCIPAL).since(),
                        true,
                        List.of("at " + snapshot.takenAt()));
        boolean free = snapshot.runs().stream().noneMatch(LoopBench::open);
        Decision first = decision(1, List.of(), STORE, free && !blocked);
        Decision second = decision(2, List.of(1), POOL, true);
        return new Evaluation(
                List.of(finding), successor ? List.of(first, second) : List.of(first));
    }

    private static boolean open(KnownRun run) {
        return !run.state().ended();
    }

    private Decision decision(int order, List<Integer> after, ComponentId target, boolean proven) {
        return new Decision(
                order,
                after,
                instead.orElseGet(LoopBench::failover),
                target,
                rule,
                mode,
                mode == Mode.ADVISE ? 1 : 0,
                new DataLoss.None(),
                new Interruption("all users", Duration.ofSeconds(20), Duration.ofMinutes(5)),
                "the principal is down",
                List.of(
                        new GateClause(
                                Clause.MIRROR_SYNCHRONIZED,
                                proven ? ClauseResult.PASSED : ClauseResult.FAILED,
                                true,
                                "as the mirror says")),
                List.of(
                        new Rejected(
                                Remediation.POOL_FAILOVER, "a mirror failover will do", "P1")));
    }

    private static Remedy failover() {
        return new Remedy.MirrorFailover(
                new StoreName("be1"),
                new PoolFqdn("pool1.contoso.com"),
                new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                Position.MIRROR,
                List.of(DatabaseType.USER),
                true);
    }

    private static Runbook runbook(Decision decision) {
        Step reassess = TestRuns.reassess(1);
        return new Runbook(decision.remediation(), decision.target(), List.of(reassess));
    }

    /** A runbook with a step that nobody here can carry out. */
    static Runbook impossible(Decision decision) {
        Step step = TestRuns.acting(1, true, true);
        if (!(step.action() instanceof Action.ChangeNextHop)) {
            throw new AssertionError(step);
        }
        return new Runbook(decision.remediation(), decision.target(), List.of(step));
    }

    private static Estate estate() {
        SiteName redmond = new SiteName("redmond");
        SiteName dublin = new SiteName("dublin");
        SqlInstance sql1 = new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");
        SqlInstance sql2 = new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc");
        Store store =
                new Store(
                        new StoreName("be1"),
                        redmond,
                        StoreTechnology.MIRRORING,
                        sql1,
                        Optional.of(sql2),
                        Optional.empty(),
                        List.of(new Database("rtcxds", DatabaseType.USER)),
                        Optional.empty());
        Pool pool =
                new Pool(
                        new PoolFqdn("pool1.contoso.com"),
                        PoolRole.FRONT_END,
                        Edition.ENTERPRISE,
                        Release.SFB_2015,
                        redmond,
                        List.of(new Server(new ServerFqdn("fe1.contoso.com"))),
                        Optional.of(store.name()),
                        Optional.empty(),
                        CentralManagement.NONE,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        false);
        return new Estate(
                "contoso",
                Stream.of(redmond, dublin).map(Site::new).toList(),
                List.of(pool),
                List.of(store),
                List.of(
                        new Observer(new ObserverName("o-redmond"), redmond),
                        new Observer(new ObserverName("o-dublin"), dublin)));
    }
}
