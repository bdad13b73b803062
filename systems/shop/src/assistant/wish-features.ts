/** What is known of one of the goods that may be what a message wishes for, each about 0–1. */
export interface WishFeatures {
  /** Its score in a search for all words of the message, beside the best; 0 where that did not find it. */
  score: number
  /** The place there: 1, ½, ⅓ …. */
  place: number
  /** The place among those of the kind that the message seems to name. */
  placeOfKind: number
  /** How far it is of that kind, and the same where the catalog calls goods by it. */
  kind: number
  kindOfGoods: number
  /** Share of the words of content that its listing says, and its title and fields; each alike, and each by how few of the goods say it. */
  held: number
  heldRare: number
  named: number
  namedRare: number
  /** 1 where its title calls it by one of the words. */
  called: number
  /** Share of what else was wished for. */
  granted: number
  /** Share of the values that the message names. */
  stated: number
  /** It is a spare part, and none is asked for. */
  isSpare: number
  isOut: number
  /** Standard deviations that its meaning is nearer than usual; 0 where no model embeds. */
  near: number
}
