package io.understudy.estate;

/**
 * Names one watched thing: {@code server:fe1.contoso.com}, {@code sql:sql1.contoso.com/rtc}, {@code
 * pool:…}, {@code store:be1}, {@code fileStore:<pool fqdn>}, {@code site:redmond} or {@code
 * observer:o-redmond}.
 */
public record ComponentId(ComponentKind kind, String name) implements Comparable<ComponentId> {

    public static ComponentId of(ServerFqdn server) {
        return new ComponentId(ComponentKind.SERVER, server.value());
    }

    public static ComponentId of(SqlInstance instance) {
        return new ComponentId(ComponentKind.SQL, instance.toString());
    }

    public static ComponentId of(PoolFqdn pool) {
        return new ComponentId(ComponentKind.POOL, pool.value());
    }

    public static ComponentId of(StoreName store) {
        return new ComponentId(ComponentKind.STORE, store.value());
    }

    public static ComponentId of(SiteName site) {
        return new ComponentId(ComponentKind.SITE, site.value());
    }

    public static ComponentId of(ObserverName observer) {
        return new ComponentId(ComponentKind.OBSERVER, observer.value());
    }

    public static ComponentId fileStoreOf(PoolFqdn pool) {
        return new ComponentId(ComponentKind.FILE_STORE, pool.value());
    }

    /**
     * Reads a component id as the API writes it; host names are brought to lower case.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ComponentId parse(String text) {
        int colon = text.indexOf(':');
        ComponentKind kind =
                ComponentKind.labelled(colon < 0 ? "" : text.substring(0, colon))
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a component id starts with server:, sql:, pool:, store:, fileStore:, site: or observer:"));
        String name = text.substring(colon + 1);
        return switch (kind) {
            case SERVER -> of(new ServerFqdn(name));
            case SQL -> of(instance(name));
            case POOL -> of(new PoolFqdn(name));
            case STORE -> of(new StoreName(name));
            case FILE_STORE -> fileStoreOf(new PoolFqdn(name));
            case SITE -> of(new SiteName(name));
            case OBSERVER -> of(new ObserverName(name));
        };
    }

    private static SqlInstance instance(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a sql component is written sql:<host>/<instance>");
        }
        return new SqlInstance(new ServerFqdn(name.substring(0, slash)), name.substring(slash + 1));
    }

    @Override
    public int compareTo(ComponentId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return kind.label() + ":" + name;
    }
}
