package io.understudy.proof;

import java.util.stream.Collectors;

/** A world in a few lines. */
final class Portrait {

    private Portrait() {}

    static String of(World world) {
        World.Around around = world.around();
        return String.format(
                        "    CMS at pool %d told %s; Edge %s to %d told %d; sites %s %s; capacity %s; for %s%n",
                        world.shape().cmsAt(),
                        around.cms(),
                        around.edge(),
                        world.shape().edgeHop(),
                        around.edgeToldHop(),
                        around.site1(),
                        around.site2(),
                        world.shape().capacity(),
                        world.age())
                + (around.watched() ? "" : "    redmond's observer is silent of redmond\n")
                + side(world, 1)
                + side(world, 2);
    }

    private static String side(World world, int pool) {
        Side side = world.side(pool);
        Told told = side.told();
        return String.format(
                "    pool%d %s; FE %s; P %s M %s W %s; %s on %s%s; %s, backup %s, services %s%s%s%n",
                pool,
                side.pool(),
                side.frontEnds().stream().map(Enum::name).collect(Collectors.joining(" ")),
                side.primary(),
                side.mirror(),
                world.shape().witness() ? side.witness() : "none",
                side.mirroring().copy(),
                side.mirroring().principalOn(),
                side.mirroring().witnessLinked() ? "" : ", witness disconnected",
                told.state().map(Enum::name).orElse("state untold"),
                told.backup(),
                told.services(),
                told.stale() ? ", all told an hour ago" : "",
                pool == 1 && world.around().store1() != Seen.SILENT
                        ? ", store said " + world.around().store1()
                        : "");
    }
}
