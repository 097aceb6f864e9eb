package dev.javelin.cuda.jcuda;

import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;

/** Objects of JCuda's that one thread fills again and again, so that calls leave no garbage behind. */
final class Words {
    final CUcontext context = new CUcontext();
    final CUdeviceptr to = new CUdeviceptr();
    final CUdeviceptr from = new CUdeviceptr();
    final CUstream stream = new CUstream();
    final CUevent event = new CUevent();
    final CUevent later = new CUevent();
    final CUfunction function = new CUfunction();
    final CUgraphExec executable = new CUgraphExec();
    final Pointer host = new Pointer();
    final Pointer parameters = new Pointer();
    final float[] milliseconds = new float[1];
}
