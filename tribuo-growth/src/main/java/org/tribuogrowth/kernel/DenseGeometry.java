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

package org.tribuogrowth.kernel;

/**
 * The shape of a fully connected product.
 *
 * @param batch   The number of rows.
 * @param inputs  The input features.
 * @param outputs The output features.
 */
public record DenseGeometry(int batch, int inputs, int outputs) implements AffineGeometry {
    /** Refuses sizes below 1. */
    public DenseGeometry {
        Geometries.checkPositive("dense product", "batch", batch);
        Geometries.checkPositive("dense product", "inputs", inputs);
        Geometries.checkPositive("dense product", "outputs", outputs);
    }

    /** {@inheritDoc} Batch, inputs. */
    @Override
    public long[] inputShape() {
        return new long[] {batch, inputs};
    }

    /** {@inheritDoc} Outputs, inputs. */
    @Override
    public long[] weightShape() {
        return new long[] {outputs, inputs};
    }

    /** {@inheritDoc} Batch, outputs. */
    @Override
    public long[] outputShape() {
        return new long[] {batch, outputs};
    }
}
