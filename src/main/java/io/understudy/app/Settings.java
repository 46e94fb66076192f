package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set about the service itself; times are ISO 8601 durations. */
@ConfigMapping(prefix = "understudy")
interface Settings {

    /** Where the embedded PostgreSQL and the simulator keep their state; default {@code data}. */
    @WithDefault("data")
    String dataDir();

    /** Whether the database is the embedded one; told by the start, not to be set. */
    @WithDefault("false")
    boolean embedded();

    /**
     * The first administrator's key, at least 16 characters; without one it is made at the first
     * start and shown once.
     */
    Optional<String> adminKey();

    /**
     * The observers of the estate that this process plays. Default: all of them with the simulator,
     * none without.
     */
    Optional<List<String>> observers();

    /** Which executor carries a kind of action out: {@code switch-principal=command}. */
    Map<String, String> executors();

    EmbeddedServer embeddedPostgres();

    Http http();

    Simulator simulator();

    Probe probe();

    Loop loop();

    Run run();

    Replay replay();

    Clock clock();

    Replica replica();

    Retention retention();

    News news();

    /** What {@link EmbeddedPostgresConfig} notes about the server that it has started. */
    interface EmbeddedServer {
        /** Its URL; told by the start, not to be set. */
        Optional<String> running();
    }

    /** How the API may be reached. */
    interface Http {
        /**
         * Whether keys may go over the network in the clear, default false: needed to listen on
         * another address than this machine's own without TLS.
         */
        @WithDefault("false")
        boolean plainTextAllowed();
    }

    /** The simulated twin of the estate. */
    interface Simulator {
        /** Default: true with the embedded database, else false. */
        Optional<Boolean> enabled();

        /** Whether the twin may run beside a database of yours, default false. */
        @WithDefault("false")
        boolean besideExternalDatabase();
    }

    /** How the estate is watched. */
    interface Probe {
        /** Pause between two looks at a component; default 1 s with the simulator, else 5 s. */
        Optional<Duration> interval();

        /**
         * How old what was kept last may become before a look without news is kept; default 30 s.
         */
        @WithDefault("PT30S")
        Duration heartbeat();

        /**
         * How many looks after a change of status are kept although they only confirm it; default
         * 9.
         */
        @WithDefault("9")
        int confirmations();

        /** How long a stop waits for looks that are under way; default 5 s. */
        @WithDefault("PT5S")
        Duration farewell();
    }

    /** How evaluations follow each other. */
    interface Loop {
        /** The longest time between two evaluations; default 1 s. */
        @WithDefault("PT1S")
        Duration interval();

        /** The shortest time between two evaluations, however much happens; default 200 ms. */
        @WithDefault("PT0.2S")
        Duration pause();

        /** How far back observations are read at the start; default 1 h. */
        @WithDefault("PT1H")
        Duration horizon();

        /**
         * For how long a run that waits for approval must no longer be decided before it is
         * withdrawn; default 30 s.
         */
        @WithDefault("PT30S")
        Duration withdrawAfter();

        /** How often documents are read again that another process may have saved; default 10 s. */
        @WithDefault("PT10S")
        Duration documentRefresh();
    }

    /** How runs are carried out. */
    interface Run {
        /** How long the right to act on a run lasts unless renewed; default 6 s. */
        @WithDefault("PT6S")
        Duration leaseTime();

        /** How many runs one replica carries out at a time; default 64. */
        @WithDefault("64")
        int threads();

        /** A run that waits longer is given back meanwhile; default 5 s. */
        @WithDefault("PT5S")
        Duration longestSleep();

        /** Pause between two looks for a step's effect; default 500 ms. */
        @WithDefault("PT0.5S")
        Duration verifyInterval();

        /**
         * For how long the effect of a step is looked for when it is not known whether it acted, by
         * a crash or a lost answer, before a person is asked; default 10 s.
         */
        @WithDefault("PT10S")
        Duration settleTime();

        /** How often a step without effect is carried out before the run fails; default 5. */
        @WithDefault("5")
        int mostAttempts();

        /** Pause before the second attempt, doubled with each further one; default 1 s. */
        @WithDefault("PT1S")
        Duration firstBackOff();

        /** The longest pause before another attempt; default 30 s. */
        @WithDefault("PT30S")
        Duration longestBackOff();

        /**
         * How many lines of what a tool says are journalled in one attempt of a step; default 200.
         */
        @WithDefault("200")
        int progressLines();

        /** How many characters of each such line; default 500. */
        @WithDefault("500")
        int progressLength();

        /** How long the rehearsal of one step in a dry run may take; default 30 s. */
        @WithDefault("PT30S")
        Duration rehearsalLimit();

        /**
         * After how long a run that another replica owns is tried again, and how often runs are
         * looked for that nobody carries on; default 1 s.
         */
        @WithDefault("PT1S")
        Duration patience();

        /** How long a stop waits for steps that are under way; default 10 s. */
        @WithDefault("PT10S")
        Duration farewell();
    }

    /** How the database's time is followed. */
    interface Clock {
        /** How often the database's time is read again; default 10 s. */
        @WithDefault("PT10S")
        Duration refresh();

        /** How far this machine's clock may be away before it is logged; default 5 s. */
        @WithDefault("PT5S")
        Duration warnOffset();
    }

    /** How work is shared out among the replicas on one database. */
    interface Replica {
        /** The name, to which eight random characters are added; default: the host's. */
        Optional<String> name();

        /** How long a replica holds a task before it gives it back; default 30 s. */
        @WithDefault("PT30S")
        Duration shift();

        /** How often a replica says that it is there, and still at its tasks; default 1 s. */
        @WithDefault("PT1S")
        Duration heartbeat();

        /** After how many heartbeats without one a replica is taken for dead; default 5. */
        @WithDefault("5")
        int missedHeartbeats();

        /** For how long one may not be heard of and still be alive. */
        default Duration patience() {
            return heartbeat().multipliedBy(missedHeartbeats());
        }

        /** How often tasks to be taken are looked for; default 1 s. */
        @WithDefault("PT1S")
        Duration polling();

        /**
         * Into how many parts what an observer looks at is shared out; the same on every replica.
         * Default 4.
         */
        @WithDefault("4")
        int slices();

        /** For how long after it was judged something may be recorded and opened; default 10 s. */
        @WithDefault("PT10S")
        Duration actWithin();

        /** After how long a replica that was not seen is forgotten; default 24 h. */
        @WithDefault("PT24H")
        Duration forgetAfter();
    }

    /** How incidents are recorded to be replayed. */
    interface Replay {
        /** How long before the first evidence observations are recorded; default 5 min. */
        @WithDefault("PT5M")
        Duration margin();

        /** A recording with more observations is refused; default 100,000. */
        @WithDefault("100000")
        int mostObservations();
    }

    /** For how long observations are kept, see docs/data.md. */
    interface Retention {
        /** The age from which observations are thinned, at least a day; default 7 days. */
        @WithDefault("P7D")
        Duration thinnedAfter();

        /** Of those that tell nothing new, one is kept in this time; default 1 h. */
        @WithDefault("PT1H")
        Duration thinnedTo();

        /** The age from which they are dropped, at least 14 days; default 400 days. */
        @WithDefault("P400D")
        Duration kept();

        /**
         * For how long after it was opened what was observed belongs to an incident and stays
         * whole; default 1 d.
         */
        @WithDefault("P1D")
        Duration incidentSpan();

        /** The least time between two turns of thinning and dropping; default 1 h. */
        @WithDefault("PT1H")
        Duration interval();

        /** How many one statement thins, drops or forgets, at least 1; default 10,000. */
        @WithDefault("10000")
        int mostAtOnce();
    }

    /** How replicas on one database hear of each other. */
    interface News {
        /**
         * How often it is looked for what other replicas have accepted, although nobody tells;
         * default 1 s.
         */
        @WithDefault("PT1S")
        Duration interval();

        /** The shortest time between two such looks, however much is told; default 50 ms. */
        @WithDefault("PT0.05S")
        Duration pause();

        /** How many observations of others are read at once; default 5,000. */
        @WithDefault("5000")
        int mostAtOnce();

        /**
         * How far back observations are read again after the connection to the database was lost:
         * longer than a standby that takes over may be behind with what had begun; default 1 min.
         */
        @WithDefault("PT1M")
        Duration overlap();

        /** How long nothing may be heard before the connection is tried; default 5 s. */
        @WithDefault("PT5S")
        Duration silence();

        /** Pause before the first attempt to listen again, doubled with each; default 500 ms. */
        @WithDefault("PT0.5S")
        Duration firstBackOff();

        /** The longest pause before such an attempt; default 10 s. */
        @WithDefault("PT10S")
        Duration longestBackOff();
    }

    /** Whether the twin is there. */
    default boolean simulated() {
        return simulator().enabled().orElse(embedded());
    }
}
