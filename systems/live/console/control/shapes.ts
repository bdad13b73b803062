/** What the pages of live read of the server's answers. */
export interface MatchListing {
  match: { id: string; sport: string; title: string }
  status: string
}

export interface Cue {
  graphic: string
  /** Null: from the insights. */
  data: Record<string, unknown> | null
  step: number
}

export interface Layer {
  layer: string
  program: Cue | null
  preview: Cue | null
  isAuto: boolean
  revision: number
  state: 'off' | 'preview' | 'on-air'
}
