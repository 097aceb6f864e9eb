package dev.javelin.cpu;

/** The device with vectors of 256 bits. */
class Cpu256ConformanceTest extends CpuWidthConformance {

    Cpu256ConformanceTest() {
        super(VectorWidth.BITS_256);
    }
}
