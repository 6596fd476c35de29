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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.data.VocSegmentationDataSource;
import org.tribuogrowth.data.VolumeSegmentationDataSource;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationInfo;

/** The folders that are made of the bundled data hold it, and the bundled data is what its page says. */
class VocFolderTest {
    private static final Path DATA = CommandLineRun.ROOT.resolve("examples/data/segmentation");
    private static final SegmentationFactory TISSUES =
            new SegmentationFactory(List.of("background", "grey matter", "white matter", "cerebellum"));

    @Test
    void theBundledFilesAreThoseOfTheirPage() throws IOException {
        String page = Files.readString(DATA.resolve("README.md"));
        for (String name : List.of(
                "bluemarble-1350x675.jpg",
                "earth-classes-1350x675.png",
                "macaque-56x96x72-t1.gz",
                "macaque-56x96x72-label.gz")) {
            String digest = Digests.hex(Digests.newSha256().digest(Files.readAllBytes(DATA.resolve(name))));
            assertThat(page).contains("| " + name + " | " + digest + " |");
        }
    }

    @Test
    void slicesHaveTheClassesOfTheVolume(@TempDir Path folder) throws IOException {
        Path voc = folder.resolve("voc");
        VocFolder.make("macaque", DATA, voc);
        for (Map.Entry<String, List<Integer>> split :
                Map.of("train", List.of(0, 1, 2, 3, 4), "val", List.of(6)).entrySet()) {
            SegmentationInfo ofFolder = info(new MutableDataset<>(VocSegmentationDataSource.builder(
                            voc, TISSUES, 96, 72)
                    .split(split.getKey())
                    .channels(1)
                    .build()));
            SegmentationInfo ofVolume = info(new MutableDataset<>(VolumeSegmentationDataSource.builder(
                            DATA.resolve("macaque-56x96x72-t1.gz"),
                            DATA.resolve("macaque-56x96x72-label.gz"),
                            TISSUES,
                            56,
                            96,
                            72)
                    .slices(8, split.getValue())
                    .build()));
            assertThat(ofFolder.masks()).isEqualTo(7L * split.getValue().size());
            assertThat(ofFolder).isEqualTo(ofVolume);
        }
    }

    private static SegmentationInfo info(MutableDataset<?> data) {
        return (SegmentationInfo) data.getOutputInfo();
    }
}
