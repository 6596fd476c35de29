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

package org.tribuogrowth.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Writes small data sets in the formats of the large ones: ten classes, told apart by the brightness of a band. */
final class TinyData {
    private static final int CLASSES = 10;

    private TinyData() {}

    /** The four files of an MNIST-like set. */
    static void idx(Path folder, int examples, boolean zipped) {
        String suffix = zipped ? ".gz" : "";
        for (String part : new String[] {"train", "t10k"}) {
            ByteBuffer images = ByteBuffer.allocate(16 + examples * 28 * 28);
            images.putInt(0x803).putInt(examples).putInt(28).putInt(28);
            ByteBuffer labels = ByteBuffer.allocate(8 + examples);
            labels.putInt(0x801).putInt(examples);
            Random random = new Random(examples);
            for (int i = 0; i < examples; i++) {
                labels.put((byte) (i % CLASSES));
                for (int pixel = 0; pixel < 28 * 28; pixel++) {
                    images.put(pixel(random, i % CLASSES, pixel / 28, 28));
                }
            }
            write(folder.resolve(part + "-images-idx3-ubyte" + suffix), images.array(), zipped);
            write(folder.resolve(part + "-labels-idx1-ubyte" + suffix), labels.array(), zipped);
        }
    }

    /** The files of the binary version of CIFAR-10. */
    static void cifar(Path folder, int examplesPerFile) {
        for (String name : new String[] {
            "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"
        }) {
            ByteBuffer records = ByteBuffer.allocate(examplesPerFile * 3073);
            Random random = new Random(name.hashCode());
            for (int i = 0; i < examplesPerFile; i++) {
                records.put((byte) (i % CLASSES));
                for (int value = 0; value < 3072; value++) {
                    records.put(pixel(random, i % CLASSES, value % 1024 / 32, 32));
                }
            }
            write(folder.resolve(name + ".bin"), records.array(), false);
        }
    }

    /** A folder of PNG files in colours for each class, not all of one size. */
    static void images(Path folder, int examplesPerClass) {
        for (int label = 0; label < CLASSES; label++) {
            for (int i = 0; i < examplesPerClass; i++) {
                Random random = new Random(label * 1000L + i);
                BufferedImage image = new BufferedImage(50 + i, 60 - i, BufferedImage.TYPE_INT_RGB);
                for (int y = 0; y < image.getHeight(); y++) {
                    for (int x = 0; x < image.getWidth(); x++) {
                        int grey = Byte.toUnsignedInt(pixel(random, label, y, image.getHeight()));
                        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
                    }
                }
                try {
                    Path file = Files.createDirectories(folder.resolve("class" + label))
                            .resolve(i + ".png");
                    ImageIO.write(image, "png", file.toFile());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static byte pixel(Random random, int label, int row, int height) {
        int bright = row * CLASSES / height == label ? 160 : 0;
        return (byte) (bright + random.nextInt(90));
    }

    private static void write(Path file, byte[] bytes, boolean zipped) {
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = zipped ? new GZIPOutputStream(plain) : plain) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
