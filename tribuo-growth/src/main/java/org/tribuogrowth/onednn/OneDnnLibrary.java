/*
 * Copyright (c) 2026 the tribuo-growth authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package org.tribuogrowth.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The loaded oneDNN library with its one CPU engine and stream, which live as long as the process. The C interface is
 * used rather than the C++ one: its handles are freed by explicit calls, never by the garbage collector.
 */
public final class OneDnnLibrary {
    private static final class Holder {
        private static final OneDnnLibrary INSTANCE = new OneDnnLibrary();
    }

    private final dnnl_engine engine = new dnnl_engine();
    private final dnnl_stream stream = new dnnl_stream();
    private final OneDnnPrimitives primitives = new OneDnnPrimitives();
    private final OneDnnScratch scratch = new OneDnnScratch();

    private OneDnnLibrary() {
        check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "dnnl_engine_create");
        check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags), "dnnl_stream_create");
        // OneDnnPrimitives keeps what is worth keeping; a second cache below it would hold up to 1,024 more.
        check(dnnl.dnnl_set_primitive_cache_capacity(0), "dnnl_set_primitive_cache_capacity");
    }

    /**
     * The library, loaded on first use.
     *
     * @return The one instance.
     * @throws LinkageError If the native library cannot be loaded.
     */
    public static OneDnnLibrary instance() {
        return Holder.INSTANCE;
    }

    /**
     * What computes.
     *
     * @return The engine of this processor.
     */
    public dnnl_engine engine() {
        return engine;
    }

    /**
     * Where operations are queued.
     *
     * @return The stream of the engine.
     */
    public dnnl_stream stream() {
        return stream;
    }

    /**
     * The primitives made so far.
     *
     * @return The cache, shared by all kernels.
     */
    public OneDnnPrimitives primitives() {
        return primitives;
    }

    /**
     * Memory for the time of a call.
     *
     * @return The scratchpads.
     */
    public OneDnnScratch scratch() {
        return scratch;
    }

    /**
     * The version of the library.
     *
     * @return For instance "2.5.2".
     */
    public String version() {
        dnnl_version_t version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    /**
     * Whether oneDNN generates code for vectors of 16 floats. Without it there is no Winograd convolution, and blocks of 16
     * channels are computed by reference code.
     *
     * @return Whether it does so on this machine.
     */
    public boolean hasWideVectors() {
        int core = dnnl.dnnl_cpu_isa_avx512_core;
        return (dnnl.dnnl_get_effective_cpu_isa() & core) == core;
    }

    /**
     * The instruction set that oneDNN generates code for on this machine.
     *
     * @return Its name, for instance "AVX2".
     */
    public String instructionSet() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(dnnl.dnnl_cpu_isa_sse41, "SSE4.1");
        names.put(dnnl.dnnl_cpu_isa_avx, "AVX");
        names.put(dnnl.dnnl_cpu_isa_avx2, "AVX2");
        names.put(dnnl.dnnl_cpu_isa_avx2_vnni, "AVX2-VNNI");
        names.put(dnnl.dnnl_cpu_isa_avx512_mic, "AVX-512 (Xeon Phi)");
        names.put(dnnl.dnnl_cpu_isa_avx512_mic_4ops, "AVX-512 (Xeon Phi)");
        names.put(dnnl.dnnl_cpu_isa_avx512_core, "AVX-512");
        names.put(dnnl.dnnl_cpu_isa_avx512_core_vnni, "AVX-512 VNNI");
        names.put(dnnl.dnnl_cpu_isa_avx512_core_bf16, "AVX-512 BF16");
        names.put(dnnl.dnnl_cpu_isa_avx512_core_amx, "AVX-512 AMX");
        int isa = dnnl.dnnl_get_effective_cpu_isa();
        return names.getOrDefault(isa, "instruction set 0x" + Integer.toHexString(isa));
    }

    /**
     * Turns a status into an exception.
     *
     * @param status What a function of the C interface returned.
     * @param call   The function's name, with what it was called for.
     * @throws IllegalStateException If the status is not success.
     */
    public static void check(int status, String call) {
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN's " + call + " failed: " + meaning(status));
        }
    }

    private static String meaning(int status) {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        meanings.put(dnnl.dnnl_out_of_memory, "out of memory");
        meanings.put(dnnl.dnnl_invalid_arguments, "invalid arguments");
        meanings.put(dnnl.dnnl_unimplemented, "not implemented for this shape");
        meanings.put(dnnl.dnnl_runtime_error, "runtime error");
        return meanings.getOrDefault(status, "status " + status);
    }
}
