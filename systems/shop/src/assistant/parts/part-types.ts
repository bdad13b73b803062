import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'

/** A part or companion that a message asks for, and what it is for, as its sentence tells them apart. */
export interface PartAsked {
  /** Words that may name the part, the likeliest first. */
  names: readonly string[]
  /** What is said to be what it is for ("my old Pip" of "for my old Pip"); null where a message only points ("for it") or says nothing of it. */
  named: string | null
  /** What is said before, which may name it as well. */
  before: string
  /** It is said that something is to go with what was spoken of; else only that a part is wanted ("a spare one", "singly"). */
  isForThing: boolean
}

/** What a listing says on whether it goes with a thing. */
export interface Fit {
  /** `unsaid`: it does not name the thing. */
  verdict: 'fits' | 'denied' | 'unsaid'
  /** How much of the thing's name it says, 1 for each word that tells it from others. */
  named: number
  /** The line that says so; null where none does. */
  line: Evidence | null
}

export interface FoundPart {
  product: Product
  fit: Fit
}

/** Two products of which a message asks whether they go together, by id: whose listing says so, with what, and which the answer is about. */
export interface FitAsked {
  part: string
  thing: string
  subject: string
}

/** What the listing of one says on whether it goes with another. */
export interface FoundFit {
  part: Product
  thing: Product
  fit: Fit
}

/** Parts or companions that a message asks for, and the thing that they are for. */
export interface FoundParts {
  /** The word of the message that names them. */
  name: string
  thing: Product
  /** Those that say that they are for it first, then those of the kind that say nothing of it. */
  parts: FoundPart[]
  /** Those of the kind that say that they are not. */
  denied: FoundPart[]
  /** What the thing's own listing denies of such: "no descaler of acid". */
  warning: Evidence | null
}
