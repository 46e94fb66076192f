package io.understudy.runbook;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What does not move with a pool by itself (domain.md 5.6): optional steps, after which people who
 * have no executor for them are told what is left.
 */
final class Applications {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String SERVICE = "service:ApplicationServer:";

    private Applications() {}

    /** After a failover: the pair serves them. */
    static List<Draft> follow(Pool home, PoolFqdn to, boolean disasterMode) {
        List<Draft> drafts = new ArrayList<>();
        drafts.add(responseGroups(home.fqdn(), to, disasterMode));
        drafts.add(orbits(home.fqdn(), to, false));
        drafts.add(announcements(home.fqdn(), to, false));
        boolean storeMoved = home.centralManagement() == CentralManagement.ACTIVE;
        if (disasterMode && storeMoved) {
            drafts.add(locations(home.fqdn(), to));
        }
        drafts.add(names(home.fqdn(), to, false));
        return drafts;
    }

    /** After a failback: the home pool serves them again. */
    static List<Draft> comeBack(Pool home, PoolFqdn from) {
        return List.of(
                responseGroupsBack(home.fqdn(), from),
                orbits(home.fqdn(), from, true),
                announcements(home.fqdn(), from, true),
                names(home.fqdn(), from, true));
    }

    private static Draft draft(
            Application application, PoolFqdn home, PoolFqdn pair, boolean back, String what) {
        PoolFqdn to = back ? home : pair;
        return Draft.of(
                        what + " " + to,
                        new Action.MoveApplication(application, home, pair, back),
                        LIMIT)
                .ifPossible();
    }

    private static Draft responseGroups(PoolFqdn home, PoolFqdn to, boolean disasterMode) {
        String file = "\"<the last export of " + home + ">.zip\"";
        String load =
                "Import-CsRgsConfiguration -Destination \""
                        + SERVICE
                        + to
                        + "\" -FileName "
                        + file
                        + " -ResolveNameConflicts";
        String look = "Get-CsRgsWorkflow -Identity " + SERVICE + to + " -Owner " + SERVICE + home;
        Draft draft =
                draft(
                        Application.RESPONSE_GROUPS,
                        home,
                        to,
                        false,
                        "Bring the Response Groups of " + home + " to");
        String save =
                "Export-CsRgsConfiguration -Source \"" + SERVICE + home + "\" -FileName " + file;
        return (disasterMode ? draft.typing(load, look) : draft.typing(save, load, look))
                .undoneBy("they go back with the failback of the pool")
                .noting(
                        "the parameter is -ReplaceExistingRgsSettings, not -ReplaceExistingSettings"
                                + " as Microsoft's pages also write",
                        "without -Owner or -ShowAll they are invisible on the other pool; names"
                                + " must be unique in the whole deployment",
                        "formal agents sign in again; make a test call",
                        "not needed where the Backup Service carries them"
                                + " (EnableRgsBackupService)");
    }

    private static Draft responseGroupsBack(PoolFqdn home, PoolFqdn from) {
        String of = " -Owner \"" + SERVICE + home + "\"";
        String export = "Export-CsRgsConfiguration -Source \"" + SERVICE + from + "\"" + of;
        return draft(
                        Application.RESPONSE_GROUPS,
                        home,
                        from,
                        true,
                        "Bring the Response Groups back to")
                .typing(
                        export + " -FileName \"back.zip\"",
                        "Import-CsRgsConfiguration -Destination \""
                                + SERVICE
                                + home
                                + "\" -FileName \"back.zip\" -OverwriteOwner",
                        "Get-CsRgsWorkflow -Identity " + SERVICE + home,
                        export + " -FileName \"removed.zip\" -RemoveExportedConfiguration")
                .undoneBy("import the export on " + from + " again")
                .noting("the last command only once the groups are seen on " + home);
    }

    private static Draft orbits(PoolFqdn home, PoolFqdn pair, boolean back) {
        PoolFqdn to = back ? home : pair;
        return draft(
                        Application.CALL_PARK_ORBITS,
                        home,
                        pair,
                        back,
                        "Have the group pickup ranges of " + home + " served by")
                .typing(
                        "Get-CsCallParkOrbit",
                        "Set-CsCallParkOrbit -Identity \"<each range of "
                                + home
                                + ">\" -CallParkService \""
                                + SERVICE
                                + to
                                + "\" -Confirm:$false")
                .undoneBy("the same with the other pool")
                .repeated()
                .noting(
                        "parked calls drop, and users park on the orbits of the pool that serves"
                                + " them; settings and music on hold are not copied");
    }

    private static Draft announcements(PoolFqdn home, PoolFqdn pair, boolean back) {
        PoolFqdn to = back ? home : pair;
        return draft(
                        Application.ANNOUNCEMENTS,
                        home,
                        pair,
                        back,
                        "Have the unassigned numbers of " + home + " answered by")
                .typing(
                        "Get-CsUnassignedNumber",
                        "Set-CsUnassignedNumber -Identity \"<each range of "
                                + home
                                + ">\" -AnnouncementService \"ApplicationServer:"
                                + to
                                + "\" -AnnouncementName \"<its announcement>\" -Confirm:$false")
                .undoneBy("the same with the other pool")
                .repeated()
                .noting(
                        "the announcements must exist on "
                                + to
                                + " (Import-CsAnnouncementFile, New-CsAnnouncement -Parent); audio"
                                + " files are copied by hand",
                        "-AnnouncementName must be given although it stays the same");
    }

    /** Locations live with the Central Management store, whose forced move does not bring them. */
    private static Draft locations(PoolFqdn home, PoolFqdn to) {
        return draft(Application.LOCATIONS, home, to, false, "Load the emergency locations on")
                .typing(
                        "Import-CsLisConfiguration -FileName \"<the last export>.zip\"",
                        "Publish-CsLisConfiguration")
                .undoneBy("import an older export")
                .noting(
                        "only where the Central Management store moved from a store that is lost:"
                                + " locations are not replicated. Else the import would put older"
                                + " ones in the place of newer");
    }

    private static Draft names(PoolFqdn home, PoolFqdn pair, boolean back) {
        PoolFqdn to = back ? home : pair;
        return draft(Application.NAMES, home, pair, back, "Point names and reverse proxies at")
                .typing(
                        "# DNS or GeoDNS of the simple URLs (meet, dialin) and of autodiscover,"
                                + " reverse proxies: from "
                                + (back ? pair : home)
                                + " to "
                                + to)
                .undoneBy("the same with the other pool")
                .noting(
                        "the monitor of a load balancer asks for"
                                + " https://<fqdn>/autodiscover/autodiscoverservice.svc/root and"
                                + " TCP 5061; when they fail it closes 80, 443 and 444");
    }
}
