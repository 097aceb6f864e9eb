/*
 * A libcuda.so.1 for tests of the probe and of the binding: host memory stands for the device's, everything is done at once, and
 * the one kernel adds a number to as many ints as it has threads. The environment says how it behaves:
 *   FAKE_VERSION   what it knows, 12020 by default
 *   FAKE_INIT      what cuInit answers, 0 by default
 *   FAKE_COUNT     how many devices there are, 1 by default
 *   FAKE_COMPUTE   compute capability of the devices from 0 on, such as "90 61"; 90 by default
 *   FAKE_FREE      megabytes that are free, 8192 by default; with 0 there is no room for a context
 * With -DLACKING it lacks the functions of graphs, as a driver of before 2020 does.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int *memory; int number; unsigned count; } Launch;
typedef struct { Launch all[64]; int count; } Graph;

static Graph *capturing;
static int context;
static _Thread_local void *current;

static long setting(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text && *text ? atol(text) : otherwise;
}

static int compute(int device) {
    const char *text = getenv("FAKE_COMPUTE");
    int found = 90;
    for (int i = 0; text && *text && i <= device; i++) {
        found = (int)strtol(text, (char **)&text, 10);
    }
    return found;
}

int cuDriverGetVersion(int *version) { *version = (int)setting("FAKE_VERSION", 12020); return 0; }
int cuInit(unsigned flags) { return flags == 0 ? (int)setting("FAKE_INIT", 0) : 1; }
int cuDeviceGetCount(int *count) { *count = (int)setting("FAKE_COUNT", 1); return 0; }

int cuGetErrorName(int code, const char **name) {
    switch (code) {
        case 2: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return 0;
        case 100: *name = "CUDA_ERROR_NO_DEVICE"; return 0;
        case 803: *name = "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"; return 0;
        case 999: *name = "CUDA_ERROR_UNKNOWN"; return 0;
        default: *name = 0; return 1;
    }
}

int cuGetErrorString(int code, const char **text) {
    *text = code == 2 ? "out of memory" : 0;
    return *text ? 0 : 1;
}

int cuDeviceGet(int *device, int number) {
    if (number < 0 || number >= setting("FAKE_COUNT", 1)) {
        return 101;
    }
    *device = number;
    return 0;
}

int cuDeviceGetName(char *name, int bytes, int device) { snprintf(name, bytes, "Fake GPU %d", device); return 0; }

int cuDeviceGetUuid(char *uuid, int device) {
    for (int i = 0; i < 16; i++) {
        uuid[i] = (char)(16 * device + i);
    }
    return 0;
}

int cuDeviceGetPCIBusId(char *id, int bytes, int device) {
    snprintf(id, bytes, "0000:0%d:00.0", device + 1);
    return 0;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = (size_t)16 << 30; return device < 0; }

int cuDeviceGetAttribute(int *value, int attribute, int device) {
    if (device < 0) {
        return 101;
    }
    switch (attribute) {
        case 1: *value = 1024; break;
        case 8: *value = 49152; break;
        case 10: *value = 32; break;
        case 16: *value = 132; break;
        case 75: *value = compute(device) / 10; break;
        case 76: *value = compute(device) % 10; break;
        case 97: *value = 232448; break;
        default: *value = 0;
    }
    return 0;
}

int cuDevicePrimaryCtxRetain(void **made, int device) {
    *made = &context;
    return setting("FAKE_FREE", 8192) == 0 ? 2 : device < 0;
}

int cuDevicePrimaryCtxRelease_v2(int device) { return device < 0; }
int cuCtxSetCurrent(void *made) { current = made; return 0; }

int cuMemGetInfo_v2(size_t *available, size_t *total) {
    *available = (size_t)setting("FAKE_FREE", 8192) << 20;
    *total = (size_t)16 << 30;
    return current ? 0 : 201;
}

int cuModuleLoadDataEx(void **module, const char *image, unsigned count, const int *options, void **values) {
    if (strncmp(image, ".version", 8) == 0) {
        *module = &context;
        return 0;
    }
    for (unsigned i = 0; i < count; i++) {
        if (options[i] == 5) {
            strcpy(values[i], "ptxas fatal : no version");
        }
    }
    return 218;
}

int cuModuleUnload(void *module) { return module != &context; }

int cuModuleGetFunction(void **function, void *module, const char *name) {
    *function = module;
    return strcmp(name, "add") == 0 ? 0 : 500;
}

int cuFuncGetAttribute(int *value, int attribute, void *function) {
    *value = 1000 + attribute;
    return function != &context;
}

int cuFuncSetAttribute(void *function, int attribute, int value) { return function != &context || value < 0 || attribute != 8; }

int cuMemAlloc_v2(void **memory, size_t bytes) {
    if (bytes > (size_t)1 << 30) {
        return 2;
    }
    *memory = aligned_alloc(256, (bytes + 255) / 256 * 256);
    return 0;
}

int cuMemFree_v2(void *memory) { free(memory); return 0; }

int cuMemHostAlloc(void **host, size_t bytes, unsigned flags) {
    *host = aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
    return flags != 0;
}

int cuMemFreeHost(void *host) { free(host); return 0; }
int cuMemcpyHtoDAsync_v2(void *to, const void *from, size_t bytes, void *stream) { memcpy(to, from, bytes); return !stream; }
int cuMemcpyDtoHAsync_v2(void *to, const void *from, size_t bytes, void *stream) { memcpy(to, from, bytes); return !stream; }
int cuMemcpyDtoDAsync_v2(void *to, const void *from, size_t bytes, void *stream) { memcpy(to, from, bytes); return !stream; }
int cuMemsetD8Async(void *to, unsigned char value, size_t bytes, void *stream) { memset(to, value, bytes); return !stream; }

int cuStreamCreate(void **stream, unsigned flags) { *stream = &context; return flags != 1; }
int cuStreamDestroy_v2(void *stream) { return !stream; }
int cuStreamSynchronize(void *stream) { return !stream; }

int cuEventCreate(void **event, unsigned flags) { *event = malloc(8); return flags != 0; }
int cuEventDestroy_v2(void *event) { free(event); return 0; }
int cuEventRecord(int *event, void *stream) { *event = 1; return !stream; }
int cuEventQuery(int *event) { return *event == 1 ? 0 : 600; }
int cuEventSynchronize(int *event) { return !event; }
int cuEventElapsedTime(float *milliseconds, void *from, void *to) { *milliseconds = 0.25f; return !from || !to; }

static void carryOut(const Launch *launch) {
    for (unsigned i = 0; i < launch->count; i++) {
        launch->memory[i] += launch->number;
    }
}

int cuLaunchKernel(void *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
        unsigned blockZ, unsigned shared, void *stream, void **parameters, void **extra) {
    if (function != &context || !stream || extra || gridY * gridZ * blockY * blockZ != 1 || shared > 232448) {
        return 1;
    }
    Launch launch = {*(int **)parameters[0], *(int *)parameters[1], gridX * blockX};
    if (capturing) {
        capturing->all[capturing->count++] = launch;
    } else {
        carryOut(&launch);
    }
    return 0;
}

#ifndef LACKING
int cuStreamBeginCapture_v2(void *stream, int mode) { capturing = calloc(1, sizeof(Graph)); return !stream || mode != 1; }
int cuStreamEndCapture(void *stream, Graph **graph) { *graph = capturing; capturing = 0; return !stream; }

int cuGraphInstantiateWithFlags(Graph **executable, const Graph *graph, unsigned long long flags) {
    *executable = malloc(sizeof(Graph));
    **executable = *graph;
    return flags != 0;
}

int cuGraphDestroy(Graph *graph) { free(graph); return 0; }
int cuGraphUpload(Graph *executable, void *stream) { return !executable || !stream; }
int cuGraphExecDestroy(Graph *executable) { free(executable); return 0; }

int cuGraphLaunch(const Graph *executable, void *stream) {
    for (int i = 0; i < executable->count; i++) {
        carryOut(&executable->all[i]);
    }
    return !stream;
}
#endif
