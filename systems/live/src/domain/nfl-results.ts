import type { NflPlay } from './feed-event.ts'

/** A play that came to nothing: what a source says of its results goes over it. */
export const noResults: Readonly<NflPlay['results']> = {
  touchdown: false,
  interception: false,
  fumbleLost: false,
  sack: false,
  safety: false,
  penalty: false,
  firstDown: false,
  turnoverOnDowns: false,
  fieldGoal: null,
  extraPoint: null,
  twoPoint: null,
}
