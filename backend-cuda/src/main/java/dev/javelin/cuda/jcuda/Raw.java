package dev.javelin.cuda.jcuda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jcuda.NativePointerObject;

/** The address within an object of JCuda's, which can be read and set there: so one object serves all addresses. */
final class Raw {
    private static final VarHandle ADDRESS = address();

    private Raw() {}

    private static VarHandle address() {
        try {
            return MethodHandles.privateLookupIn(NativePointerObject.class, MethodHandles.lookup())
                    .findVarHandle(NativePointerObject.class, "nativePointer", long.class);
        } catch (ReflectiveOperationException otherVersion) {
            throw new LinkageError("this is no JCuda 12.6: " + otherVersion, otherVersion);
        }
    }

    static long get(NativePointerObject object) {
        return (long) ADDRESS.get(object);
    }

    /** The object, holding that address. */
    static <T extends NativePointerObject> T set(T object, long address) {
        ADDRESS.set((NativePointerObject) object, address);
        return object;
    }
}
