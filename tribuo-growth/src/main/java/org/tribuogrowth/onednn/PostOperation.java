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

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.global.dnnl;

/** What is done with the result of a forward pass before it is written, at no extra pass over memory. */
public enum PostOperation {
    /** Nothing. */
    NONE(false, false),
    /** A rectifier. */
    RECTIFIED(false, true),
    /** What the output held before is added. */
    ADDED(true, false),
    /** What the output held before is added, then a rectifier. */
    ADDED_RECTIFIED(true, true);

    private final boolean added;
    private final boolean rectified;

    PostOperation(boolean added, boolean rectified) {
        this.added = added;
        this.rectified = rectified;
    }

    void append(dnnl_post_ops after) {
        if (added) {
            OneDnnLibrary.check(dnnl.dnnl_post_ops_append_sum(after, 1), "dnnl_post_ops_append_sum");
        }
        if (rectified) {
            OneDnnLibrary.check(
                    dnnl.dnnl_post_ops_append_eltwise(after, 1, dnnl.dnnl_eltwise_relu, 0, 0),
                    "dnnl_post_ops_append_eltwise");
        }
    }
}
