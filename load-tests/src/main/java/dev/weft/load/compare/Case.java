package dev.weft.load.compare;

import dev.weft.load.scenario.Load;

/**
 * One thing that is compared.
 *
 * @param id by which it is chosen
 * @param title in the page
 * @param load what is done; its endpoints are those of the contender
 * @param nodes 1, or 2: then receivers are on the other one
 * @param wampOnly it is about what only WAMP routers have
 * @param fresh it is about memory: each time with processes that have done nothing before
 */
record Case(String id, String title, Load load, Door door, int nodes, boolean wampOnly, boolean fresh) {
    static Case of(String id, String title, Load load) {
        return new Case(id, title, load, Door.RAWSOCKET, 1, false, false);
    }

    Case through(Door other) {
        return new Case(id, title, load, other, nodes, true, fresh);
    }

    Case throughTwoNodes() {
        return new Case(id, title, load, door, 2, wampOnly, fresh);
    }

    Case forWampOnly() {
        return new Case(id, title, load, door, nodes, true, fresh);
    }

    Case withFreshProcesses() {
        return new Case(id, title, load, door, nodes, wampOnly, true);
    }

    boolean admits(Contender contender) {
        boolean speaks = contender.speaksWamp() || !wampOnly;
        return speaks && contender.doors().contains(door) && nodes <= contender.mostNodes();
    }

    boolean isAboutMemory() {
        return load instanceof Load.Idle;
    }
}
