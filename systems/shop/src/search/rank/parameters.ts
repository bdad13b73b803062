/** What the ranker is tuned by. Chosen on development queries; `docs/decisions` says how. */
export interface RankParameters {
  /** BM25's k1: how soon repeating a word stops paying. */
  saturation: number
  /** Bonus for two neighbouring query words that stand side by side, as a share of the rarer one's weight. */
  adjacency: number
  /** The same where up to three places lie between them. */
  nearness: number
  /** Exponent of the share of the query's weight that a product matches. */
  coverage: number
  /** Factor where the head of the query stands only in what a product goes with, or in its small print. */
  headElsewhere: number
  /** Factor where the head of the query goes before the name of a product's kind in its title (`laptop` in `laptop lock`). */
  namesAnother: number
  /** Factor where the head of the query is the name of a product's kind. */
  namesKind: number
  /** Factor where the store's own category says that a product is what the head of the query names. */
  categoryNames: number
  /** Factor where it says that a product is something else, which goes with it (`phone` in `Phone Cases`). */
  categoryNamesAnother: number
  /** A product matches well when it holds at least this share of what the best one holds of the query. */
  leastCoverage: number
  /** Where fewer match well, weaker matches follow by relevance. */
  fewestMatches: number
  /** What a score gains by each named facet that a product holds and that does not filter. */
  preferred: number
  /** How many best by words are looked at again for order of words and coverage. */
  rescored: number
  /** What a standard deviation of nearness in meaning is worth, as a share of the best score by words. */
  meaning: number
  /** So many of the best by words lead where they hold all of the query; nearness in meaning orders the others. */
  leadingByWords: number
  /** Standard deviations from the usual that are still no nearness. */
  leastNear: number
  /** The same where no word of the query is known, so that nothing but meaning speaks for a product. */
  leastNearAlone: number
}

export const defaultParameters: RankParameters = {
  saturation: 0.9,
  adjacency: 0.35,
  nearness: 0.15,
  coverage: 0.5,
  headElsewhere: 0.9,
  namesAnother: 0.8,
  namesKind: 1.1,
  categoryNames: 1.6,
  categoryNamesAnother: 0.6,
  leastCoverage: 0.5,
  fewestMatches: 10,
  preferred: 0.1,
  rescored: 300,
  meaning: 0.15,
  leadingByWords: 10,
  leastNear: 2,
  leastNearAlone: 5,
}
