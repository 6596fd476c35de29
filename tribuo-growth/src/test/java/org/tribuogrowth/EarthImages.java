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

package org.tribuogrowth;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuogrowth.data.ImageFolderDataSource;

/** Cuts a photograph of the Earth into a folder of images, whose classes are three bands of latitude. */
final class EarthImages {
    static final List<String> BANDS = List.of("north", "south", "tropics");

    private static final String PHOTOGRAPH = "earth/bluemarble-1350x675.jpg";

    private EarthImages() {}

    /**
     * Writes images, in turn as PNG and as JPEG.
     *
     * @param root    The folder of the folders of classes.
     * @param extent  Height and width of the images, at most a band's 225 pixels.
     * @param perBand The number of images of each class, evenly spread over all longitudes and within the band.
     */
    static void write(Path root, int extent, int perBand) {
        try (InputStream stream = EarthImages.class.getResourceAsStream(PHOTOGRAPH)) {
            BufferedImage photograph = ImageIO.read(stream);
            int band = photograph.getHeight() / BANDS.size();
            for (int i = 0; i < BANDS.size(); i++) {
                Path folder = Files.createDirectories(root.resolve(BANDS.get(i)));
                int top = List.of(0, 2 * band, band).get(i);
                for (int number = 0; number < perBand; number++) {
                    int x = perBand == 1 ? 0 : number * (photograph.getWidth() - extent) / (perBand - 1);
                    int y = top + (band - extent) * (number % 4) / 4;
                    BufferedImage cut = new BufferedImage(extent, extent, BufferedImage.TYPE_INT_RGB);
                    Graphics2D graphics = cut.createGraphics();
                    graphics.drawImage(photograph.getSubimage(x, y, extent, extent), 0, 0, null);
                    graphics.dispose();
                    String format = number % 2 == 0 ? "png" : "jpg";
                    ImageIO.write(
                            cut, format, folder.resolve(number + "." + format).toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The images of a folder, whose labels are the names of the bands. */
    static Dataset<Label> read(Path root, int extent) {
        return new MutableDataset<>(new ImageFolderDataSource<>(root, extent, extent, 3, false, new LabelFactory()));
    }
}
