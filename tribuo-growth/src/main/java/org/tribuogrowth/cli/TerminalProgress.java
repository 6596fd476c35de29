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

package org.tribuogrowth.cli;

import java.io.PrintStream;
import java.util.OptionalDouble;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;

/**
 * One line on a terminal that is drawn again and again: how far the training is, loss, validation measure, what the network
 * costs as a part of the dense reference, and the time left.
 */
final class TerminalProgress implements Progress {
    private static final int BAR_WIDTH = 20;
    private static final int MILLISECONDS_BETWEEN_DRAWINGS = 250;
    /** The weight of a new minibatch in the loss shown, which is averaged since single ones jump. */
    private static final double LOSS_WEIGHT = 0.05;

    private final ProgressBarConsumer consumer;
    private Plan plan;
    private ProgressBar bar;
    private int epoch;
    private double loss = Double.NaN;
    private String measureName = "";
    private OptionalDouble measure = OptionalDouble.empty();
    private Cost cost;
    /** Null where no weights are masked. */
    private Double density;

    TerminalProgress(ProgressBarConsumer consumer) {
        this.consumer = consumer;
    }

    /** Draws on a terminal. */
    static TerminalProgress on(PrintStream terminal) {
        return new TerminalProgress(new ConsoleProgressBarConsumer(terminal));
    }

    @Override
    public void onStart(Plan started) {
        plan = started;
        cost = plan.seedCost();
        bar = new ProgressBarBuilder()
                .setInitialMax(plan.steps())
                .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_DRAWINGS)
                .setConsumer(consumer)
                .setRenderer(TerminalProgress::render)
                .build();
        update();
    }

    @Override
    public void onStep(Step step) {
        epoch = step.epoch();
        loss = Double.isNaN(loss) ? step.loss() : loss + LOSS_WEIGHT * (step.loss() - loss);
        update();
        bar.stepTo(step.step());
    }

    @Override
    public void onInterval(Interval interval) {
        if (interval.validation().isPresent()) {
            measureName = interval.measureName();
            measure = interval.validation();
        }
        cost = interval.cost();
        density = interval.observations().get(PlainProgress.DENSITY);
        update();
    }

    private void update() {
        StringBuilder text = new StringBuilder("epoch " + (epoch + 1) + "/" + plan.epochs());
        if (!Double.isNaN(loss)) {
            text.append("  loss ").append(Text.measure(loss));
        }
        measure.ifPresent(
                value -> text.append("  ").append(measureName).append(' ').append(Text.measure(value)));
        text.append("  parameters ").append(Text.percent(cost.fractionOf(plan.denseCost(), CostMeasure.PARAMETERS)));
        text.append("  multiply-adds ")
                .append(Text.percent(cost.fractionOf(plan.denseCost(), CostMeasure.MULTIPLY_ADDS)));
        if (density != null) {
            text.append("  density ").append(Text.percent(density));
        }
        bar.setExtraMessage(text.toString());
    }

    private static String render(ProgressState state, int mostCharacters) {
        double done = state.getNormalizedProgress();
        int filled = (int) Math.floor(done * BAR_WIDTH);
        StringBuilder line = new StringBuilder("[");
        line.append("=".repeat(filled)).append(" ".repeat(BAR_WIDTH - filled)).append("] ");
        line.append(Math.round(done * 100)).append("%  ").append(state.getExtraMessage());
        double elapsed = state.getElapsedAfterStart().toMillis() / 1000.0;
        if (state.getCurrent() > 0 && state.getCurrent() < state.getMax()) {
            double left = elapsed / state.getCurrent() * (state.getMax() - state.getCurrent());
            line.append("  ").append(Text.duration(left)).append(" left");
        } else if (state.getCurrent() > 0) {
            line.append("  ").append(Text.duration(elapsed));
        }
        // A line that is wider than the terminal would wrap and could not be drawn over.
        return line.length() > mostCharacters ? line.substring(0, Math.max(0, mostCharacters)) : line.toString();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
