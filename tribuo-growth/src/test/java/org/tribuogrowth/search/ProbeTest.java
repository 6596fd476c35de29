package org.tribuogrowth.search;

import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.*;

class ProbeTest {
    @Test
    void probe() {
        for (int[] run : new int[][] {{15, 125, 1},{15,125,4}})
        for (ScsTemperature t : ScsTemperature.values())
        for (Architecture a : new Architecture[] {TestArchitectures.perceptron(784, 300, 100), TestArchitectures.resNet20()})
            for (CostMeasure m : CostMeasure.values())
                for (double f : new double[] {.1, .25, .5}) {
                    StringBuilder trace = new StringBuilder();
                    for (int seed = 1; seed <= 2; seed++) {
                        Budget b = new Budget(f, m);
                        StructureSearch s = StructuredContinuousSparsification.builder(b).temperature(t).fitBudget(true).intervalsPerEpoch(run[2]).build();
                        SimulatedTraining x = SimulatedTraining.withUtilities(s, new SearchContext(a, seed, run[0], run[1]));
                        x.complete();
                        trace.append(String.format("%.4f(%.0f) ", x.remaining(b), x.observed("ambiguous")));
                    }
                    System.err.printf("%s %s %d %s %.2f: %s%n", java.util.Arrays.toString(run), t, a.layers().size(), m, f, trace);
                }
    }
}
