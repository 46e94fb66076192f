package io.understudy.adapter.simulator;

import java.time.Duration;

/**
 * How fast the twin is. All times are in its own time, real or virtual.
 *
 * @param partnerTimeout until a mirroring partner that does not answer counts as lost (domain.md
 *     4.4: 10 s)
 * @param redo until the mirror has redone its log and serves, after the partner timeout
 * @param resynchronization how long a partner that has returned is SYNCHRONIZING
 * @param resumeAfterForce how long a partner that returns after a forced switch stays SUSPENDED
 *     until the twin's administrator resumes it (domain.md 4.5)
 * @param serviceStart from RTCSRV START_PENDING with all that it needs to RUNNING
 * @param backupSync until the Backup Service has caught up once its partner imports again
 *     (domain.md 2.2: 2 min)
 * @param backEndLossThreshold until the users of a pool without Back End pass to resiliency mode
 *     (domain.md 3.5: 30 min)
 * @param centralManagementPause within which a second move of the Central Management store is
 *     refused (domain.md 5.4; no number is published)
 * @param logBackupInterval how often the log of a database with log shipping is backed up
 * @param logRestoreDelay until the secondary has copied and applied such a backup
 * @param switchPrincipal how long a mirror or a secondary replica takes to take over when it is
 *     told to, and mirroring to be resumed
 * @param moveCentralManagement how long Invoke-CsManagementServerFailover takes
 * @param changeNextHop how long Set-CsEdgeServer takes
 * @param failOverPool how long Invoke-CsPoolFailOver takes: the pool is FAILING_OVER meanwhile
 * @param failBackPool how long Invoke-CsPoolFailBack takes: the pool stays FAILED_OVER meanwhile
 * @param recoverQuorum how long Reset-CsPoolRegistrarState takes, before the servers start
 * @param syncBackup how long Invoke-CsBackupServiceSync takes
 * @param repairCentralManagement how long each cmdlet takes that mends a stuck Central Management
 *     store
 * @param startServices how long Start-CsWindowsService takes
 * @param restoreDatabases how long each statement takes on databases with log shipping
 * @param setChat how long the cmdlets take that set a Persistent Chat pool's state and active list
 * @param moveApplication how long it takes to move what belongs to one application of a pool
 * @param effectsKept how many effects, and how many runs' fencing tokens, are remembered; the
 *     oldest are forgotten first
 */
public record TwinSettings(
        Duration partnerTimeout,
        Duration redo,
        Duration resynchronization,
        Duration resumeAfterForce,
        Duration serviceStart,
        Duration backupSync,
        Duration backEndLossThreshold,
        Duration centralManagementPause,
        Duration logBackupInterval,
        Duration logRestoreDelay,
        Duration switchPrincipal,
        Duration moveCentralManagement,
        Duration changeNextHop,
        Duration failOverPool,
        Duration failBackPool,
        Duration recoverQuorum,
        Duration syncBackup,
        Duration repairCentralManagement,
        Duration startServices,
        Duration restoreDatabases,
        Duration setChat,
        Duration moveApplication,
        int effectsKept) {

    public static final TwinSettings DEFAULT =
            new TwinSettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    10_000);

    public TwinSettings {
        if (effectsKept < 1) {
            throw new IllegalArgumentException("effectsKept is at least 1, not " + effectsKept);
        }
    }
}
