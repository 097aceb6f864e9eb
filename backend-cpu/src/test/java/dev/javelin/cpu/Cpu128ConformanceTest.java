package dev.javelin.cpu;

/** The device with vectors of 128 bits. */
class Cpu128ConformanceTest extends CpuWidthConformance {

    Cpu128ConformanceTest() {
        super(VectorWidth.BITS_128);
    }
}
