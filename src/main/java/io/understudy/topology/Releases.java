package io.understudy.topology;

import io.understudy.estate.Release;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Versions of services as a topology counts them. 7 is what files of 2015 have, 8 those of 2019
 * (domain.md 10); 6 for 2013 is inferred, since product and service version go up together.
 */
final class Releases {

    private static final int LYNC_2013 = 6;
    private static final int SFB_2015 = 7;
    private static final int SFB_2019 = 8;

    private Releases() {}

    /** The release of a service version; empty when it is none that is known. */
    static Optional<Release> of(OptionalInt version) {
        return switch (version.orElse(0)) {
            case LYNC_2013 -> Optional.of(Release.LYNC_2013);
            case SFB_2015 -> Optional.of(Release.SFB_2015);
            case SFB_2019 -> Optional.of(Release.SFB_2019);
            default -> Optional.empty();
        };
    }

    /** The nearest release for a version that is not known. */
    static Release nearest(OptionalInt version) {
        if (version.isEmpty()) {
            return Release.SFB_2015;
        }
        return version.getAsInt() < LYNC_2013 ? Release.LYNC_2013 : Release.SFB_2019;
    }
}
