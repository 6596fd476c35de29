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

/**
 * The command line: training from a configuration file, descriptions of components, and the way to the audit commands.
 *
 * <p>A configuration takes this way: {@link org.tribuogrowth.cli.ConfigurationReader} reads files without trusting them and
 * remembers where everything was written; {@link org.tribuogrowth.cli.Overrides} applies the command line;
 * {@link org.tribuogrowth.cli.ConfigurationChecker} compares all of it with the fields of the classes that it names, and only
 * then are components built. Each mistake on the way becomes one paragraph that says where it is, what was found and what is
 * allowed.
 */
package org.tribuogrowth.cli;
