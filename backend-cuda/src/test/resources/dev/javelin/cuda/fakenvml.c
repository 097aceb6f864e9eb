/*
 * A libnvidia-ml.so.1 for tests of the probe. The environment says how it behaves:
 *   FAKE_NVML_INIT   what nvmlInit_v2 answers, 0 by default
 *   FAKE_NVML_FREE   megabytes that are free of the device on bus 1
 *   FAKE_NVML_TOTAL  its megabytes, 16500 by default
 */
#include <stdlib.h>
#include <string.h>

static int started;

static long setting(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text && *text ? atol(text) : otherwise;
}

int nvmlInit_v2(void) {
    int code = (int)setting("FAKE_NVML_INIT", 0);
    started += code == 0;
    return code;
}

int nvmlShutdown(void) { return --started < 0; }

int nvmlDeviceGetHandleByPciBusId_v2(const char *bus, void **device) {
    *device = &started;
    return started != 1 || strcmp(bus, "0000:01:00.0") != 0;
}

int nvmlDeviceGetMemoryInfo(void *device, unsigned long long *totalFreeUsed) {
    totalFreeUsed[0] = (unsigned long long)setting("FAKE_NVML_TOTAL", 16500) << 20;
    totalFreeUsed[1] = (unsigned long long)setting("FAKE_NVML_FREE", 0) << 20;
    totalFreeUsed[2] = totalFreeUsed[0] - totalFreeUsed[1];
    return device != &started;
}
