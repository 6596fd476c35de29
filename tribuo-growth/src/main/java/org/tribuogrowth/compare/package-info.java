/**
 * Comparisons of finished runs: every number is read from run folders, checked against the ledger, and put into tables,
 * pictures and statements that the data support.
 *
 * <p>{@link org.tribuogrowth.compare.RunReader} reads a folder into {@link org.tribuogrowth.compare.RunFigures};
 * {@link org.tribuogrowth.compare.Comparison} holds those of all methods and seeds; tables, pictures and
 * {@link org.tribuogrowth.compare.Claims} are computed from it and from nothing else.
 */
package org.tribuogrowth.compare;
