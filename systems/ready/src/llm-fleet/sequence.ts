/** A request in an engine. */
export interface Sequence<Tag> {
  tag: Tag
  prompt: number
  output: number
  /** Tokens whose keys and values are there or planned; while it is in a group, as of when it joined. */
  kept: number
  /** Tokens that came out since it began, or began anew; while it is in a group, as of when it joined. */
  made: number
  /** Whether its first token is out. */
  hasBegun: boolean
  blocks: number
  /** Which admission it was: sequences run in this order. */
  admitted: number
  /** Steps its group had planned when it joined; Infinity where it has not. */
  joinedAt: number
  /** The planned step of its group that makes its last token. */
  lastAt: number
}

/** Tokens that are still to be planned. */
export const leftToPlan = ({ output, kept, prompt }: Sequence<unknown>) => output - (kept - prompt + 1)
