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

import java.util.function.Consumer;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A compiled oneDNN operation of one shape. Holds no data, so kernels of equal shape share it. */
public final class OneDnnPrimitive {
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_primitive_desc description = new dnnl_primitive_desc();
    private final long scratchBytes;

    /** Compiles a description and destroys it. */
    private OneDnnPrimitive(dnnl_primitive_desc source, String what) {
        try {
            OneDnnLibrary.check(dnnl.dnnl_primitive_create(primitive, source), "dnnl_primitive_create of " + what);
        } finally {
            dnnl.dnnl_primitive_desc_destroy(source);
        }
        OneDnnLibrary.check(
                dnnl.dnnl_primitive_get_primitive_desc(primitive, description), "dnnl_primitive_get_primitive_desc");
        this.scratchBytes = dnnl.dnnl_memory_desc_get_size(
                dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_scratchpad_md, 0));
    }

    /**
     * Compiles an operation.
     *
     * @param what      What it is, for messages.
     * @param operation The operation's descriptor.
     * @param hint      The forward operation of a backward one, or null.
     * @return The primitive, to be destroyed.
     */
    public static OneDnnPrimitive of(String what, Pointer operation, OneDnnPrimitive hint) {
        return of(what, operation, hint, after -> {});
    }

    /**
     * Compiles an operation with others fused behind it.
     *
     * @param what      What it is, for messages.
     * @param operation The operation's descriptor.
     * @param hint      The forward operation of a backward one, or null.
     * @param appender  Appends what is applied to the result.
     * @return The primitive, to be destroyed.
     */
    public static OneDnnPrimitive of(
            String what, Pointer operation, OneDnnPrimitive hint, Consumer<dnnl_post_ops> appender) {
        dnnl_primitive_desc source = new dnnl_primitive_desc();
        dnnl_primitive_attr attributes = attributes(appender);
        try {
            OneDnnLibrary.check(
                    dnnl.dnnl_primitive_desc_create(
                            source,
                            new const_dnnl_op_desc_t(operation),
                            attributes,
                            OneDnnLibrary.instance().engine(),
                            hint == null ? null : hint.description),
                    "dnnl_primitive_desc_create of " + what);
        } finally {
            dnnl.dnnl_primitive_attr_destroy(attributes);
        }
        return new OneDnnPrimitive(source, what);
    }

    /**
     * Compiles a change of layout.
     *
     * @param from The layout read.
     * @param to   The layout written.
     * @return The primitive, to be destroyed.
     */
    public static OneDnnPrimitive reorder(dnnl_memory_desc_t from, dnnl_memory_desc_t to) {
        dnnl_primitive_desc source = new dnnl_primitive_desc();
        dnnl_primitive_attr attributes = attributes(after -> {});
        try {
            OneDnnLibrary.check(
                    dnnl.dnnl_reorder_primitive_desc_create(
                            source,
                            from,
                            OneDnnLibrary.instance().engine(),
                            to,
                            OneDnnLibrary.instance().engine(),
                            attributes),
                    "dnnl_reorder_primitive_desc_create");
        } finally {
            dnnl.dnnl_primitive_attr_destroy(attributes);
        }
        return new OneDnnPrimitive(source, "reorder");
    }

    /**
     * Attributes with a scratchpad given by the caller: the library's own is bound to the thread that compiled the
     * primitive, while ours are shared between threads.
     */
    private static dnnl_primitive_attr attributes(Consumer<dnnl_post_ops> appender) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        OneDnnLibrary.check(dnnl.dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
        OneDnnLibrary.check(
                dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user),
                "dnnl_primitive_attr_set_scratchpad_mode");
        dnnl_post_ops after = new dnnl_post_ops();
        OneDnnLibrary.check(dnnl.dnnl_post_ops_create(after), "dnnl_post_ops_create");
        appender.accept(after);
        OneDnnLibrary.check(
                dnnl.dnnl_primitive_attr_set_post_ops(attributes, after), "dnnl_primitive_attr_set_post_ops");
        OneDnnLibrary.check(dnnl.dnnl_post_ops_destroy(after), "dnnl_post_ops_destroy");
        return attributes;
    }

    /**
     * The layout of an argument.
     *
     * @param argument A DNNL_ARG number.
     * @return The layout, owned by the primitive.
     */
    public dnnl_memory_desc_t layout(int argument) {
        return dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_exec_arg_md, argument);
    }

    /** The name of the code that oneDNN chose, for instance "jit:avx512_core"; "ref:any" is its slow last resort. */
    String implementation() {
        PointerPointer<BytePointer> result = new PointerPointer<>(1L);
        try {
            OneDnnLibrary.check(
                    dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, result),
                    "dnnl_primitive_desc_query");
            return result.get(BytePointer.class).getString();
        } finally {
            result.close();
        }
    }

    /**
     * The primitive itself.
     *
     * @return The handle, valid until this is closed.
     */
    public dnnl_primitive handle() {
        return primitive;
    }

    /**
     * The size of the scratchpad a call needs.
     *
     * @return The number of bytes, possibly 0.
     */
    public long scratchBytes() {
        return scratchBytes;
    }

    /** Frees the compiled code. */
    public void destroy() {
        OneDnnLibrary.check(dnnl.dnnl_primitive_destroy(primitive), "dnnl_primitive_destroy");
    }
}
