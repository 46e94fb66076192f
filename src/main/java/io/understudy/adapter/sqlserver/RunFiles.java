package io.understudy.adapter.sqlserver;

/**
 * Where a run keeps its full backups.
 *
 * @param share the share of the store's log backups
 */
record RunFiles(String share, String runId) {

    /** A name that no log backup has, so that log shipping leaves it alone. */
    String of(String database) {
        return share + "\\" + database + "_understudy_" + runId + ".bak";
    }
}
