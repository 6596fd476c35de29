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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ways in which code can give a field a value: public constructors, static factories, builders, copies with another value. Names of parameters are
 * not in class files, so every parameter of the field's type is tried, with the values of the fields around it for its
 * neighbours: parameters stand in the order of the fields.
 */
final class CodeRoutes {
    private final Configurable good;
    private final ComponentField field;
    private final Object bad;
    private final List<ComponentField> fields;
    private final Set<String> refusals = new TreeSet<>();

    private CodeRoutes(Configurable good, ComponentField field, Object bad) {
        this.good = good;
        this.field = field;
        this.bad = bad;
        this.fields = List.copyOf(CatalogSamples.type(good.getClass()).fields());
    }

    /**
     * What code is told that gives a field a wrong value.
     *
     * @param good  An object whose other fields are taken.
     * @param field The field.
     * @param bad   The value.
     * @return The messages of all refusals that name the field, by any way.
     */
    static Set<String> refusals(Configurable good, ComponentField field, Object bad) {
        CodeRoutes routes = new CodeRoutes(good, field, bad);
        for (Constructor<?> constructor : good.getClass().getConstructors()) {
            routes.tryEach(constructor, null, Optional.empty());
        }
        for (Method method : good.getClass().getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                if (method.getName().startsWith("with")
                        && method.getReturnType().equals(good.getClass())) {
                    routes.tryEach(method, good, Optional.empty());
                }
                continue;
            }
            Optional<Method> build = build(method.getReturnType());
            if (build.isPresent()) {
                routes.tryEach(method, null, build);
                routes.tryBuilder(method, build.get());
            } else if (method.getReturnType().equals(good.getClass())) {
                routes.tryEach(method, null, Optional.empty());
            }
        }
        return routes.refusals;
    }

    private static Optional<Method> build(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("build") && method.getParameterCount() == 0)
                .findFirst();
    }

    private void tryBuilder(Method factory, Method build) {
        for (Method setter : factory.getReturnType().getMethods()) {
            if (setter.getParameterCount() == 0 || setter.getDeclaringClass().equals(Object.class)) {
                continue;
            }
            for (Object[] arguments : arguments(factory, -1)) {
                call(factory, null, arguments).ifPresent(builder -> tryEach(setter, builder, Optional.of(build)));
            }
        }
    }

    /** Gives the bad value to each parameter of the field's type in turn. */
    private void tryEach(Executable executable, Object target, Optional<Method> build) {
        Class<?>[] types = executable.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i].equals(field.field().getType())) {
                for (Object[] arguments : arguments(executable, i)) {
                    call(executable, target, arguments)
                            .ifPresent(made -> build.ifPresent(method -> call(method, made, new Object[0])));
                }
            }
        }
    }

    /** Arguments for an executable: one for each place in the fields where those of a type may begin. */
    private List<Object[]> arguments(Executable executable, int badAt) {
        List<Object[]> all = new ArrayList<>();
        for (int shift = 0; shift < fields.size(); shift++) {
            Object[] arguments = new Object[executable.getParameterCount()];
            if (fill(arguments, executable.getParameterTypes(), badAt, shift)) {
                all.add(arguments);
            }
        }
        return all;
    }

    private boolean fill(Object[] arguments, Class<?>[] types, int badAt, int shift) {
        Map<Class<?>, Integer> seen = new HashMap<>();
        for (int i = 0; i < types.length; i++) {
            Class<?> type = types[i];
            List<ComponentField> candidates = fields.stream()
                    .filter(other -> other.field().getType().equals(type))
                    .toList();
            int index = seen.merge(type, 1, Integer::sum) - 1;
            boolean ofBadType = badAt >= 0 && type.equals(types[badAt]);
            int begin = ofBadType
                    ? candidates.indexOf(field) - before(types, badAt)
                    : Math.min(shift, Math.max(0, candidates.size() - count(types, type)));
            if (i == badAt) {
                arguments[i] = bad;
            } else if (begin + index >= 0 && begin + index < candidates.size()) {
                arguments[i] = candidates.get(begin + index).get(good);
            } else {
                return false;
            }
        }
        // A shift matters to types that do not have the bad value; without such, one round is enough.
        return shift == 0 || Arrays.stream(types).anyMatch(type -> badAt < 0 || !type.equals(types[badAt]));
    }

    private static int before(Class<?>[] types, int index) {
        return (int) Arrays.stream(types, 0, index)
                .filter(type -> type.equals(types[index]))
                .count();
    }

    private static int count(Class<?>[] types, Class<?> wanted) {
        return (int) Arrays.stream(types).filter(type -> type.equals(wanted)).count();
    }

    private Optional<Object> call(Executable executable, Object target, Object[] arguments) {
        try {
            executable.setAccessible(true);
            return Optional.ofNullable(
                    executable instanceof Constructor<?> constructor
                            ? constructor.newInstance(arguments)
                            : ((Method) executable).invoke(target, arguments));
        } catch (InvocationTargetException exception) {
            if (exception.getCause() instanceof PropertyException refusal
                    && field.name().equals(refusal.getProperty())) {
                refusals.add(refusal.getMsg());
            }
            return Optional.empty();
        } catch (ReflectiveOperationException exception) {
            throw new AssertionError(exception);
        }
    }
}
