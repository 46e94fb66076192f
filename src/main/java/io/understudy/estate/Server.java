package io.understudy.estate;

import java.util.Optional;

/**
 * A member of a pool.
 *
 * @param site where it stands when that is not its pool's site: Persistent Chat pools may be
 *     stretched
 * @param active whether a Persistent Chat server is in the active list; true for every other role
 */
public record Server(ServerFqdn fqdn, Optional<SiteName> site, boolean active) {

    public ComponentId id() {
        return ComponentId.of(fqdn);
    }

    public Server(ServerFqdn fqdn) {
        this(fqdn, Optional.empty(), true);
    }
}
