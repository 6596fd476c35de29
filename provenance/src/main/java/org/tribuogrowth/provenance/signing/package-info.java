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
 * Signatures over run folders: Ed25519 keys, the DSSE envelope in {@code manifest.json.sig}, and the in-toto statement
 * in it. {@link org.tribuogrowth.provenance.signing.RunStatement} is what is said about a run,
 * {@link org.tribuogrowth.provenance.signing.Envelope} who says it. The formats, and what a signature does and does not
 * protect, are described in {@code docs/audit/signing.md}. Cryptography is the platform's own.
 */
package org.tribuogrowth.provenance.signing;
