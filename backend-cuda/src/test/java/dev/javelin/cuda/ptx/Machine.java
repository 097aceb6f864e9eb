package dev.javelin.cuda.ptx;

/**
 * What a launch needs of the device.
 *
 * @param memory global memory
 * @param sharedLimit bytes of shared memory that a block may have where the kernel opted in
 * @param budget instructions of warps that a launch may execute on each host thread
 */
record Machine(GlobalMemory memory, Workers workers, int sharedLimit, long budget) {}
