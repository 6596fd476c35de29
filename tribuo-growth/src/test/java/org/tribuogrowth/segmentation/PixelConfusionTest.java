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

package org.tribuogrowth.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The measures of masks, against numbers worked out by hand and against counting set by set. */
class PixelConfusionTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("a", "b", "c", "never"));

    @Test
    void measuresByHand() {
        PixelConfusion confusion = new PixelConfusion(4);
        // a: 3 right, 1 taken for b; b: 2 right; c: taken for a; one pixel is void.
        confusion.add(FACTORY.generateOutput("2x4:0*4 1*2 2 void"), FACTORY.generateOutput("2x4:0*3 1*3 0 2"));
        assertThat(confusion.totalPixels()).isEqualTo(7);
        assertThat(confusion.iou(0)).isEqualTo(3.0 / 5.0);
        assertThat(confusion.iou(1)).isEqualTo(2.0 / 3.0);
        assertThat(confusion.iou(2)).isZero();
        assertThat(confusion.iou(3)).isNaN();
        assertThat(confusion.meanIou()).isCloseTo((3.0 / 5.0 + 2.0 / 3.0) / 3.0, within(1e-15));
        assertThat(confusion.accuracy(0)).isEqualTo(0.75);
        assertThat(confusion.precision(1)).isEqualTo(2.0 / 3.0);
        assertThat(confusion.pixelAccuracy()).isEqualTo(5.0 / 7.0);
        assertThat(confusion.meanClassAccuracy()).isCloseTo((0.75 + 1.0 + 0.0) / 3.0, within(1e-15));
        assertThat(confusion.frequencyWeightedIou()).isCloseTo((4 * 3.0 / 5.0 + 2 * 2.0 / 3.0) / 7.0, within(1e-15));
        assertThat(confusion.count(2, 0)).isEqualTo(1);
    }

    @Test
    void nothingCountedIsNoNumberAndOtherSizesAreRefused() {
        PixelConfusion confusion = new PixelConfusion(4);
        confusion.add(FACTORY.generateOutput("1x2:void*2"), FACTORY.generateOutput("1x2:0*2"));
        assertThat(confusion.meanIou()).isNaN();
        assertThat(confusion.pixelAccuracy()).isNaN();
        assertThatThrownBy(() -> confusion.add(FACTORY.generateOutput("1x2:0*2"), FACTORY.generateOutput("2x1:0*2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("1x2", "2x1");
    }

    @Test
    void aPredictedVoidIsWrong() {
        PixelConfusion confusion = new PixelConfusion(2);
        confusion.add(0, 0);
        confusion.add(0, SegmentationMask.VOID);
        assertThat(confusion.iou(0)).isEqualTo(0.5);
        assertThat(confusion.accuracy(0)).isEqualTo(0.5);
        assertThat(confusion.predictedPixels(1)).isZero();
    }

    @Property(tries = 200)
    void iouIsThatOfSets(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int pixels) {
        Random random = new Random(seed);
        PixelConfusion confusion = new PixelConfusion(4);
        int[] truth = new int[pixels];
        int[] predicted = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            truth[i] = random.nextInt(5) - 1;
            predicted[i] = random.nextInt(4);
            confusion.add(truth[i], predicted[i]);
        }
        double sum = 0;
        int counted = 0;
        for (int number = 0; number < 4; number++) {
            int both = 0;
            int either = 0;
            for (int i = 0; i < pixels; i++) {
                boolean is = truth[i] == number;
                boolean was = predicted[i] == number && truth[i] >= 0;
                both += is && was ? 1 : 0;
                either += is || was ? 1 : 0;
            }
            if (either > 0) {
                assertThat(confusion.iou(number)).isCloseTo((double) both / either, within(1e-12));
                sum += (double) both / either;
                counted++;
            }
        }
        if (counted > 0) {
            assertThat(confusion.meanIou()).isCloseTo(sum / counted, within(1e-12));
        }
    }
}
