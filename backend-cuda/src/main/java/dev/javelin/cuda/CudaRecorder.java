package dev.javelin.cuda;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.kernels.gpu.Recorder;

/** Records what is enqueued in a stream as a graph of the driver's. */
final class CudaRecorder implements Recorder {
    private final Cuda cuda;
    private final CudaErrors errors;
    private final Runnable enter;
    private final long stream;

    /**
     * For one stream.
     *
     * @param enter makes the context current
     */
    CudaRecorder(Cuda cuda, CudaErrors errors, Runnable enter, long stream) {
        this.cuda = cuda;
        this.errors = errors;
        this.enter = enter;
        this.stream = stream;
    }

    @Override
    public void begin() {
        enter.run();
        errors.check(cuda.streamBeginCapture(stream, Cu.STREAM_CAPTURE_MODE_THREAD_LOCAL), "cuStreamBeginCapture", 0);
    }

    @Override
    public long end() {
        enter.run();
        long graph = errors.allocated(cuda.streamEndCapture(stream), "cuStreamEndCapture", 0);
        try {
            long executable = errors.allocated(cuda.graphInstantiate(graph, 0), "cuGraphInstantiate", 0);
            int code = cuda.graphUpload(executable, stream); // or the first replay would pay for it
            if (code != Cu.SUCCESS) {
                cuda.graphExecDestroy(executable);
                errors.allocated(-code, "cuGraphUpload", 0);
            }
            return executable;
        } finally {
            cuda.graphDestroy(graph);
        }
    }

    @Override
    public void abandon() {
        long graph = cuda.streamEndCapture(stream);
        if (graph > 0) {
            cuda.graphDestroy(graph);
        }
    }

    @Override
    public void replay(long recording) {
        enter.run();
        errors.check(cuda.graphLaunch(recording, stream), "cuGraphLaunch", 0);
    }

    @Override
    public void free(long recording) {
        if (!errors.isLost()) {
            enter.run();
            cuda.graphExecDestroy(recording);
        }
    }
}
