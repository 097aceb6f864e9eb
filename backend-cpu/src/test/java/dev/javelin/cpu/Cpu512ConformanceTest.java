package dev.javelin.cpu;

/** The device with vectors of 512 bits. */
class Cpu512ConformanceTest extends CpuWidthConformance {

    Cpu512ConformanceTest() {
        super(VectorWidth.BITS_512);
    }
}
