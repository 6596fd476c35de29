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

import java.util.Arrays;

/**
 * How the kept weights of a convolution read its padded input. The input is held in planes, one for each channel and,
 * if the stride s is above 1, for each of the s x s positions a pixel can have in a stride: so a weight reads
 * consecutive pixels of one plane, from an offset on. Only planes that some weight reads exist. A dense layer is a
 * convolution of one pixel.
 */
final class SparseTaps {
    private static final int NONE = -1;

    private final ConvolutionGeometry geometry;
    private final int planeWidth;
    private final int rowsBeyond;
    private final int[] planes;
    private final int[] tapPlanes;
    private final int[] tapRows;
    private final int[] tapColumns;
    private final SparseRows rows;

    SparseTaps(ConvolutionGeometry geometry, SparseWeights weights) {
        this.geometry = geometry;
        int stride = geometry.stride();
        this.planeWidth = (geometry.width() + 2 * geometry.padding() + stride - 1) / stride;
        this.rowsBeyond = geometry.dilation() * (geometry.kernel() - 1) / stride;
        int[] tapOf = new int[weights.columns()];
        Arrays.fill(tapOf, NONE);
        for (int column : weights.indices()) {
            tapOf[column] = 0;
        }
        int taps = 0;
        int[] planeNumbers = new int[stride * stride * geometry.inputChannels()];
        Arrays.fill(planeNumbers, NONE);
        for (int column = 0; column < tapOf.length; column++) {
            if (tapOf[column] != NONE) {
                tapOf[column] = taps++;
                planeNumbers[plane(column)] = 0;
            }
        }
        int count = 0;
        for (int plane = 0; plane < planeNumbers.length; plane++) {
            if (planeNumbers[plane] != NONE) {
                planeNumbers[plane] = count++;
            }
        }
        this.planes = new int[count];
        for (int plane = 0; plane < planeNumbers.length; plane++) {
            if (planeNumbers[plane] != NONE) {
                planes[planeNumbers[plane]] = plane;
            }
        }
        this.tapPlanes = new int[taps];
        this.tapRows = new int[taps];
        this.tapColumns = new int[taps];
        for (int column = 0; column < tapOf.length; column++) {
            int tap = tapOf[column];
            if (tap != NONE) {
                tapPlanes[tap] = planeNumbers[plane(column)];
                tapRows[tap] = kernelRow(column) * geometry.dilation() / stride;
                tapColumns[tap] = kernelColumn(column) * geometry.dilation() / stride;
            }
        }
        this.rows = SparseRows.of(weights, tapOf, taps);
    }

    private int kernelRow(int column) {
        return column / geometry.inputChannels() / geometry.kernel();
    }

    private int kernelColumn(int column) {
        return column / geometry.inputChannels() % geometry.kernel();
    }

    /** The plane that a column of the weights reads: by position in the stride, then by channel. */
    private int plane(int column) {
        int stride = geometry.stride();
        int phase = kernelRow(column) * geometry.dilation() % stride * stride
                + kernelColumn(column) * geometry.dilation() % stride;
        return phase * geometry.inputChannels() + column % geometry.inputChannels();
    }

    /** The weights; their sources are taps, and the source behind the last tap is full of zeros. */
    SparseRows rows() {
        return rows;
    }

    /** How many taps there are: different places the weights read. */
    int taps() {
        return tapPlanes.length;
    }

    /** The plane a tap reads. */
    int planeOfTap(int tap) {
        return tapPlanes[tap];
    }

    /** Where in its plane a tap begins, in pixels. */
    int offset(int tap) {
        return tapRows[tap] * planeWidth + tapColumns[tap];
    }

    /** How many planes there are. */
    int planes() {
        return planes.length;
    }

    /** A plane's channel. */
    int channel(int plane) {
        return planes[plane] % geometry.inputChannels();
    }

    /** A plane's position in the stride, row times stride plus column. */
    int phase(int plane) {
        return planes[plane] / geometry.inputChannels();
    }

    /** The pixels in a row of a plane. */
    int planeWidth() {
        return planeWidth;
    }

    /** How many more rows a plane has than the output rows it is for. */
    int rowsBeyond() {
        return rowsBeyond;
    }
}
