import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Credential, Evidence } from '../facts/fact.ts'
import type { Effect, Site, Value } from '../resolve/values.ts'
import type { RequestSchema } from './schema/request-schemas.ts'

/** When one of several statuses comes that a value may be: which of them it is is not told. */
export const whenOneOf = (conditions: Effect['conditions'], ways: number): Effect['conditions'] =>
  ways > 1 ? [...conditions, [[unsaid]]] : conditions

/** An answer that an operation can give. */
export interface Answer {
  status: number
  body: Value | null
  conditions: Effect['conditions']
  site: Site
  through: Site[]
  /** Where its status stands, where that is not where it is given. */
  statusAt?: readonly Site[]
  raisedBy: string
  message: string
  media: string
  /** It comes from what the framework does with an error, not from code. */
  isFramework: boolean
  /** Code that is not here gives it: it is named for its status. */
  isNamed?: true
  /** It is one of several refusals, of which one always comes here: the last of its conditions says which. */
  oneOf?: unknown
  /** It comes of what runs before the handler. */
  isBefore?: boolean
  /** A filter in front of rules that ask who calls gives it: what it refuses is what is shown, and who shows nothing comes to the rules. */
  isOfShown?: true
  /** It is said to who comes to sign in: it asks nobody to be signed in. */
  isSigningIn?: true
  /** A status is set that is not known: it is this one or another. */
  isUnsure?: true
  /** What it follows from besides: declarations that a request has to fit. */
  because?: Evidence[]
}

/** Something from outside that asks who calls, as its documentation says. */
export interface SignIn {
  credentials: readonly Credential[]
  name: string
  site: Site
  /** A call that shows nobody goes on. */
  isOptional: boolean
  /** It lets everybody pass and what it gives is handed to nothing. */
  isUnused?: true
  /** What the caller has to be besides. */
  roles?: readonly string[]
  /** It is there in these cases alone, of settings. */
  when?: Condition
}

export interface Observation {
  answers: Answer[]
  signIns: SignIn[]
  reads: Effect[]
  bodies: Effect[]
  fields: Effect[]
  /** Schemas that the request is checked by. */
  schemas: RequestSchema[]
  /** Where it answers with a status that is only known when it runs. */
  unclear: Site[]
  /** Where it hands an error to code that is not here and answers it, and what is called. */
  handedTo: { by: string; site: Site }[]
  /** Set on the answer, and not sent by the code itself. */
  pending: number[]
  /** Methods that a table of handlers has, where it is asked for that of the request. */
  byMethod: string[]
  /** Methods that are cases of a switch over that of the request. */
  methodCases: string[]
  /** Answers from 400 that middleware gives, by its position among the handlers. */
  refuses: Map<number, Answer[]>
  /** Handlers behind which nothing runs, by their position: the first that answers all that comes to it. */
  last?: number
  /** By the position of a handler that some requests leave the route at: what holds for those that do not. */
  stays?: Map<number, Condition>
  /** What goes on to a later route; null or missing where that is not known. */
  leaves?: Condition | null
  /** When decorators of the repository call the function that they wrap: stands in the conditions of all that it answers. */
  given: Condition[]
  /** The last handler can come to its end without an answer. */
  isSilent: boolean
  /** What writes the answer was given to code that is not here. */
  isHandedAway?: true
  /** What the last handler comes to, where the framework makes an answer of it. */
  returned: Returned[]
}

export interface Returned {
  value: Value
  conditions: Effect['conditions']
  site: Site
  /** What was set on the answer by then; null where that is not known, missing where nothing was. */
  status?: number | null
  statusAt?: readonly Site[]
}
