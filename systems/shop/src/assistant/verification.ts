/** What became of a model's sentences in one answer. All zero when no model spoke. */
export interface Verification {
  /** Sentences that the model wrote. */
  written: number
  /** Passed as they were. */
  kept: number
  /** A sentence from the facts stands in their place. */
  replaced: number
  dropped: number
  /** True, but said before. */
  repeated: number
  /** Why, for the ones that did not pass; the sentence itself is kept for the operator and shown to no shopper. */
  rejected: { sentence: string; reason: string }[]
  /** Of what follows the first sentence. `composer`: the facts' own words; `both`: the composer finished what the model began. */
  author: 'model' | 'composer' | 'both'
  /** Code of the error that ended the model's answer early. */
  modelError: string | null
  promptTokens: number
  completionTokens: number
  /** Name of the model that was asked; null when none was. */
  model: string | null
  /** Millionths of a US dollar. */
  costMicros: number
}

export const noVerification: Verification = {
  written: 0,
  kept: 0,
  replaced: 0,
  dropped: 0,
  repeated: 0,
  rejected: [],
  author: 'composer',
  modelError: null,
  promptTokens: 0,
  completionTokens: 0,
  model: null,
  costMicros: 0,
}
