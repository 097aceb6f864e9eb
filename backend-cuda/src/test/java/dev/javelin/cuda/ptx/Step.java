package dev.javelin.cuda.ptx;

/** What an instruction does to a warp, all lanes at once. */
@FunctionalInterface
interface Step {

    /**
     * Does it.
     *
     * @param lanes the lanes that take part, a bit each; never none
     */
    void run(Warp warp, int lanes);
}
