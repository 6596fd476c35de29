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
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A sparse convolution, or dense layer of many examples. The output is computed in tiles: some rows of an image, or
 * some images. For a tile the input is turned channels first, the images innermost; then a kept weight adds a multiple
 * of one consecutive run of floats to another, which is what vector code is good at.
 *
 * <p>Each tap's run is copied to an array of its own, though it lies in its plane already: the compiler makes vector
 * code of loops that read and write the same index of different arrays, but not of loops with an offset between them. A
 * copy serves all weights that read the tap.
 */
final class SparseTileProduct implements SparsePath {
    /** About how many floats a weight is applied to at a time: loops have a cost of their own. */
    private static final int RUN = 512;

    /** Runs are not shortened below this to have a tile for each thread. */
    private static final int LEAST_RUN = 64;

    /** Fewer products than this a thread are not worth waking the thread for. */
    private static final long LEAST_PRODUCTS = 1 << 20;

    /** How many channels are turned at a time: those that share a line of the cache. */
    private static final int BLOCK = 16;

    private final ConvolutionGeometry geometry;
    private final SparseTaps taps;
    private final float[] bias;
    private final boolean rectified;
    private final ConcurrentLinkedQueue<Tile> idle = new ConcurrentLinkedQueue<>();

    SparseTileProduct(ConvolutionGeometry geometry, SparseWeights weights, float[] bias, boolean rectified) {
        this.geometry = geometry;
        this.taps = new SparseTaps(geometry, weights);
        this.bias = bias;
        this.rectified = rectified;
    }

    @Override
    public void run(SparseMemory x, SparseMemory y) {
        long products = (long) taps.rows().values().length
                * geometry.batch()
                * geometry.outputHeight()
                * geometry.outputWidth();
        int threads = (int) Math.min(FixedSplit.threads(), 1 + products / LEAST_PRODUCTS);
        int pixels = geometry.outputHeight() * taps.planeWidth();
        int images = Math.min(geometry.batch(), Math.max(1, RUN / pixels));
        int rows = geometry.outputHeight();
        if (images > 1) {
            int shared = (geometry.batch() + threads - 1) / threads;
            images = shared * pixels >= LEAST_RUN ? Math.min(images, shared) : images;
        } else {
            int most = Math.max(1, RUN / taps.planeWidth());
            int strips = (rows + most - 1) / most;
            if (geometry.batch() * strips < threads && pixels / threads >= LEAST_RUN) {
                strips = Math.min(rows, threads);
            }
            rows = (rows + strips - 1) / strips;
        }
        runTiles(x, y, images, rows, threads);
    }

    private void runTiles(SparseMemory x, SparseMemory y, int images, int rows, int threads) {
        int strips = (geometry.outputHeight() + rows - 1) / rows;
        int tiles = (geometry.batch() + images - 1) / images * strips;
        int parts = Math.min(threads, tiles);
        FixedSplit.run(parts, part -> {
            Tile tile = idle.poll();
            if (tile == null || tile.images < images || tile.rows < rows) {
                tile = new Tile(images, rows);
            }
            for (int i = FixedSplit.start(part, parts, tiles); i < FixedSplit.start(part + 1, parts, tiles); i++) {
                int firstImage = i / strips * images;
                int firstRow = i % strips * rows;
                tile.run(
                        x,
                        y,
                        firstImage,
                        Math.min(images, geometry.batch() - firstImage),
                        firstRow,
                        Math.min(rows, geometry.outputHeight() - firstRow));
            }
            idle.add(tile);
        });
    }

    /** One tile's memory, used for one tile after the other. */
    private final class Tile {
        private final int images;
        private final int rows;
        private final float[] input;
        private final float[] output;
        private final float[][] planes;
        private final float[][] runs;
        private final float[][] sums;
        private int count;
        private int firstRow;
        private int height;

        Tile(int images, int rows) {
            this.images = images;
            this.rows = rows;
            int inputRows = images > 1
                    ? geometry.height()
                    : Math.min(geometry.height(), (rows + taps.rowsBeyond()) * geometry.stride());
            this.input = new float[images * inputRows * geometry.width() * geometry.inputChannels()];
            this.output = new float[images * rows * geometry.outputWidth() * geometry.outputChannels()];
            this.planes = new float[taps.planes()][images * (rows + taps.rowsBeyond()) * taps.planeWidth()];
            int run = images * run(rows);
            this.runs = new float[taps.taps() + 1][];
            for (int tap = 0; tap < taps.taps(); tap++) {
                runs[tap] = taps.offset(tap) == 0 ? planes[taps.planeOfTap(tap)] : new float[run];
            }
            runs[taps.taps()] = new float[run];
            this.sums = new float[BLOCK][run];
        }

        /** The pixels from the first of some output rows to the last, in rows as wide as a plane's. */
        private int run(int outputRows) {
            return (outputRows - 1) * taps.planeWidth() + geometry.outputWidth();
        }

        void run(SparseMemory x, SparseMemory y, int firstImage, int tileImages, int tileFirstRow, int tileRows) {
            this.count = tileImages;
            this.firstRow = tileFirstRow;
            this.height = tileRows;
            readPlanes(x, firstImage);
            int length = run(height) * count;
            for (int tap = 0; tap < taps.taps(); tap++) {
                int offset = taps.offset(tap) * count;
                if (offset > 0) {
                    System.arraycopy(planes[taps.planeOfTap(tap)], offset, runs[tap], 0, length);
                }
            }
            int channels = geometry.outputChannels();
            for (int channel = 0; channel < channels; channel += BLOCK) {
                int end = Math.min(channels, channel + BLOCK);
                for (int row = channel; row < end; row++) {
                    multiply(row, sums[row - channel], length);
                }
                turnBack(channel, end - channel);
            }
            int pixels = height * geometry.outputWidth();
            long start = ((long) firstImage * geometry.outputHeight() + firstRow) * geometry.outputWidth();
            y.write(start * channels, output, count * pixels * channels);
        }

        /** Turns the tile's input to planes, with zeros where the padding is. */
        private void readPlanes(SparseMemory x, int firstImage) {
            int stride = geometry.stride();
            int first = firstRow * stride - geometry.padding();
            int last = first + (height + taps.rowsBeyond()) * stride;
            // Several images are read whole, even rows that no weight reaches, since they lie one behind the other.
            int top = Math.min(geometry.height(), Math.max(0, first));
            int bottom = count > 1 ? geometry.height() : Math.max(top, Math.min(geometry.height(), last));
            int line = geometry.width() * geometry.inputChannels();
            x.read(((long) firstImage * geometry.height() + top) * line, input, count * (bottom - top) * line);
            int used = count * (height + taps.rowsBeyond()) * taps.planeWidth();
            boolean padded = first < 0
                    || last > geometry.height()
                    || geometry.padding() > 0
                    || taps.planeWidth() * stride != geometry.width();
            for (int plane = 0; plane < planes.length; plane++) {
                if (padded) {
                    Arrays.fill(planes[plane], 0, used, 0);
                }
            }
            for (int plane = 0; plane < planes.length; ) {
                int end = plane + 1;
                while (end < planes.length && end < plane + BLOCK && taps.phase(end) == taps.phase(plane)) {
                    end++;
                }
                readPlanes(plane, end, first, top, bottom);
                plane = end;
            }
        }

        /** Turns a block of channels of one position in the stride. */
        private void readPlanes(int from, int to, int first, int top, int bottom) {
            int stride = geometry.stride();
            int left = taps.phase(from) % stride - geometry.padding();
            int[] channels = new int[to - from];
            float[][] block = new float[to - from][];
            for (int plane = from; plane < to; plane++) {
                channels[plane - from] = taps.channel(plane);
                block[plane - from] = planes[plane];
            }
            for (int row = 0; row < height + taps.rowsBeyond(); row++) {
                int pixelRow = first + row * stride + taps.phase(from) / stride;
                if (pixelRow < top || pixelRow >= bottom) {
                    continue;
                }
                for (int column = 0; column < taps.planeWidth(); column++) {
                    int pixelColumn = column * stride + left;
                    if (pixelColumn < 0 || pixelColumn >= geometry.width()) {
                        continue;
                    }
                    int target = (row * taps.planeWidth() + column) * count;
                    for (int image = 0; image < count; image++) {
                        int source = ((image * (bottom - top) + pixelRow - top) * geometry.width() + pixelColumn)
                                * geometry.inputChannels();
                        turn(input, source, channels, block, target + image);
                    }
                }
            }
        }

        private static void turn(float[] input, int source, int[] channels, float[][] block, int target) {
            for (int i = 0; i < channels.length; i++) {
                block[i][target] = input[source + channels[i]];
            }
        }

        private void multiply(int row, float[] sum, int length) {
            Arrays.fill(sum, 0, length, bias[row]);
            SparseRows rows = taps.rows();
            float[] values = rows.values();
            int[] sources = rows.sources();
            for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i += SparseRows.STEP) {
                add(
                        sum,
                        length,
                        values[i],
                        runs[sources[i]],
                        values[i + 1],
                        runs[sources[i + 1]],
                        values[i + 2],
                        runs[sources[i + 2]],
                        values[i + 3],
                        runs[sources[i + 3]]);
            }
            if (rectified) {
                rectify(sum, length);
            }
        }

        private static void add(
                float[] sum,
                int length,
                float w0,
                float[] x0,
                float w1,
                float[] x1,
                float w2,
                float[] x2,
                float w3,
                float[] x3) {
            for (int i = 0; i < length; i++) {
                sum[i] += w0 * x0[i] + w1 * x1[i] + w2 * x2[i] + w3 * x3[i];
            }
        }

        private static void rectify(float[] values, int length) {
            for (int i = 0; i < length; i++) {
                values[i] = Math.max(0f, values[i]);
            }
        }

        /** Turns a block of output channels back, channels innermost. */
        private void turnBack(int channel, int channels) {
            int width = geometry.outputWidth();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int source = (row * taps.planeWidth() + column) * count;
                    for (int image = 0; image < count; image++) {
                        int target = ((image * height + row) * width + column) * geometry.outputChannels() + channel;
                        for (int i = 0; i < channels; i++) {
                            output[target + i] = sums[i][source + image];
                        }
                    }
                }
            }
        }
    }
}
