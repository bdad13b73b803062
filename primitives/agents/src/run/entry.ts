import type { SideEffect } from '../definition/definition.ts'
import type { StepKind } from '../definition/step.ts'
import type { Judged } from '../tools/tool.ts'
import type { Payload } from './payload.ts'

export type RunState = 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled'

/** States that never change. */
export const endStates: readonly RunState[] = ['done', 'failed', 'cancelled']

/** Why a step or a run failed: a stable code, and a sentence that says what to do. */
export interface Failure {
  code: string
  message: string
  /** The step it came from, where it is a run's. */
  path?: string
}

/** Of a run that was cancelled, where nobody said why. */
export const cancelledFailure: Failure = { code: 'run-cancelled', message: 'The run was cancelled.' }

/** What a model took. */
export interface Usage {
  costMicros: number
  promptTokens: number
  completionTokens: number
}

/** A call that a model asked for. */
export interface AskedCall {
  id: string
  /** The id of a tool in the definition. */
  tool: string
  /** As the model wrote it; not trusted. */
  arguments: string
}

/** What happened at one path, as it is written to the journal. */
export type Happened =
  | { kind: 'began'; step: StepKind }
  /** Written before a call with an effect: after it, the call may have happened. */
  | { kind: 'intent'; call: IntendedCall }
  /** How the call ended. `lost`: nobody knows; a check or a person says. */
  | {
      kind: 'outcome'
      /** `asks`: it wants to know something of people, which `value` holds, and is called once more. */
      state: 'done' | 'failed' | 'lost' | 'asks'
      value?: Payload
      failure?: Failure
      isRetryable?: boolean
    }
  /** A model's answer: a model step's one, or a turn of a loop. */
  | { kind: 'answer'; text: Payload; calls: AskedCall[]; model: string; usage: Usage | null }
  /** What an answer cost that did not come whole: it was cut off, took too long, or was no longer wanted. */
  | { kind: 'spent'; costMicros: number }
  /** A try failed and another comes at `untilMs`. */
  | { kind: 'again'; failure: Failure; attempt: number; untilMs: number }
  /** What the policy said of a call, before it was intended. */
  | ({ kind: 'verdict'; verdict: 'allow' | 'ask' | 'refuse'; rule: string; because: string } & Judged)
  | { kind: 'waits'; for: string }
  | { kind: 'ended'; exit: string; output?: Payload; failure?: Failure }
  /** Not run: no exit before it was taken (`passes` false), or its `when` was not true. */
  | { kind: 'skipped'; passes: boolean }

export interface IntendedCall {
  source: string
  tool: string
  effect: SideEffect
  key: string
  args: Payload
}

export interface Entry {
  seq: number
  path: string
  atMs: number
  happened: Happened
}
