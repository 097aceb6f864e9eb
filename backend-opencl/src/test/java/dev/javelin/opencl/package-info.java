/** Tests of the OpenCL backend; where there is no OpenCL, those that need it are skipped with the reason. */
@NullMarked
package dev.javelin.opencl;

import org.jspecify.annotations.NullMarked;
