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

package org.tribuogrowth.provenance.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * A unit, or a place in a compact network, given as an option: {@code conv2/17}.
 *
 * @param group  The unit group.
 * @param number The number in it, from 0.
 */
record UnitName(String group, int number) {
    private static final Pattern FORM = Pattern.compile("([^/]{1,100})/(\\d{1,8})");

    /**
     * Reads the option.
     *
     * @param option The option's name.
     * @param text   Its value.
     * @param state  The ledger's structure.
     * @return The name of a unit of the dense reference.
     * @throws AuditException If it is none.
     */
    static UnitName of(String option, String text, LedgerState state) throws AuditException {
        UnitName name = parse(option, text, state);
        int width = state.groups().get(name.group()).width();
        if (name.number() >= width) {
            throw AuditException.usage("The option " + option + " names unit " + name.number() + " of group "
                    + name.group() + ", whose units are 0 to " + (width - 1) + ".");
        }
        return name;
    }

    /**
     * Reads the option where the number need not be that of a unit of the dense reference.
     *
     * @param option The option's name.
     * @param text   Its value.
     * @param state  The ledger's structure.
     * @return A group of the ledger, and a number.
     * @throws AuditException If it is no such thing.
     */
    static UnitName parse(String option, String text, LedgerState state) throws AuditException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw AuditException.usage("The option " + option + " is a group and a number, such as conv2/17, found "
                    + SafeText.quote(text) + ".");
        }
        return new UnitName(requireGroup(matcher.group(1), state), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Refuses a group that is not there.
     *
     * @param group The name.
     * @param state The ledger's structure.
     * @return The name.
     * @throws AuditException If the ledger has no such group.
     */
    static String requireGroup(String group, LedgerState state) throws AuditException {
        if (!state.groups().containsKey(group)) {
            throw Choices.refuse(
                    "The ledger has no unit group",
                    group,
                    "its groups are",
                    state.groups().keySet());
        }
        return group;
    }

    @Override
    public String toString() {
        return group + "/" + number;
    }
}
