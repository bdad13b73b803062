import { silentLogger, systemClock } from '@heavylift/core'
import { ModelDirectory } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { agentDefinition } from '../../src/definition/definition.ts'
import { cel } from '../../src/run/cel.ts'
import type { ExecutionDeps } from '../../src/run/deps.ts'
import type { Entry } from '../../src/run/entry.ts'
import { Execution } from '../../src/run/execution.ts'
import type { RunEnd } from '../../src/run/journal.ts'
import { misfit } from '../../src/run/misfit.ts'
import type { RunRow, WaitRow } from '../../src/run/run-row.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { ToolSources } from '../../src/tools/tool-sources.ts'

/** How a process may die: at the so-manieth of its moments. A moment is before and after each write, and before and after each effect. */
export interface Lives {
  /** Of each life in turn; the life after the last is without end. */
  diesAt: readonly number[]
}

export interface Told {
  end: RunEnd
  output: unknown
  entries: readonly Entry[]
  /** What was done outside, one for each effect that took place: `tool` and its `n`. */
  effects: string[]
  /** How often a tool was reached, effects or not. */
  calls: number
  lives: number
  asked: string[]
}

/** The world outside of runs, which keeps what was done to it, and kills processes. */
export async function liveThrough(
  definition: Record<string, unknown>,
  { diesAt }: Lives,
  options: {
    input?: unknown
    complete?: Complete
    /** Answers come, and are told of, while the run goes to rest. */
    answersWhileResting?: boolean
  } = {},
): Promise<Told> {
  const agent = agentDefinition.parse({ schema: 'heavylift.agent/1', name: 'a', title: 'A', ...definition })
  const log: Entry[] = []
  const waits = new Map<string, WaitRow>()
  const effects: string[] = []
  const done = new Map<string, unknown>()
  const asked: string[] = []
  let calls = 0
  let end: RunEnd | null = null
  let lives = 0

  const live = async (): Promise<'ended' | 'suspended' | 'died'> => {
    const life = lives++
    const dies = Promise.withResolvers<'died'>()
    let isAtRest = false
    let left = diesAt[life] ?? Infinity
    let isDead = false
    /** A moment at which the process may die; nothing of it happens after that. */
    const moment = async (): Promise<void> => {
      if (!isDead && left-- <= 0) {
        isDead = true
        dies.resolve('died')
      }
      if (isDead) await new Promise<never>(() => undefined)
    }
    const act = async (tool: string, n: unknown, key: string): Promise<unknown> => {
      await moment()
      calls++
      // Longer than it takes to go to rest.
      if (options.answersWhileResting === true) await new Promise((resolve) => setTimeout(resolve, 20))
      const known = done.get(key)
      if (known !== undefined && tool.startsWith('keyed')) return known
      effects.push(`${tool} ${String(n)}`)
      const answer = { n, of: tool }
      done.set(key, answer)
      await moment()
      return answer
    }
    const acting = (tool: string, more: object) => ({
      effect: 'outside' as const,
      ...more,
      answer: async ({ args }: { args: Readonly<Record<string, unknown>> }, { key }: { key: string }) => ({
        state: 'done' as const,
        value: await act(tool, args['n'], key),
      }),
    })
    const sources = new ToolSources()
    sources.register('outside', async () =>
      scriptedSource('outside', {
        keyed: acting('keyed', { takesKey: true }),
        checked: acting('checked', {
          check: (_call: unknown, { key }: { key: string }) =>
            done.has(key) ? { state: 'done', value: done.get(key) } : { state: 'not-done' },
        }),
        blind: acting('blind', {}),
        look: {
          answer: async ({ args }) => {
            await moment()
            calls++
            return { state: 'done', value: { saw: args['n'] } }
          },
        },
      }),
    )
    const models = new ModelDirectory()
    if (options.complete) {
      const complete = options.complete
      models.attach(() => ({ name: 'scripted', complete }))
    }
    const epoch = lives
    const deps: ExecutionDeps = {
      clock: systemClock,
      log: silentLogger,
      models,
      sources,
      expressions: cel,
      misfit,
      judge: async () => ({ verdict: 'allow' }),
      payloads: {
        keep: async (_tenant, _run, value) => ({ value: structuredClone(value ?? null) }),
        read: async (payload) => ('value' in payload ? structuredClone(payload.value) : null),
      },
      journal: {
        async append(_key, _epoch, entries, more = {}) {
          await moment()
          if (end !== null || isAtRest) return false
          for (const entry of entries) {
            if (log.some(({ seq }) => seq === entry.seq)) throw new Error(`two entries ${entry.seq}`)
            log.push(structuredClone(entry))
          }
          for (const wait of more.waits ?? [])
            if (!waits.has(wait.path)) waits.set(wait.path, structuredClone(wait))
          for (const path of more.taken ?? []) waits.get(path)!.is_taken = true
          if (more.end) end = more.end
          await moment()
          return true
        },
      },
      runStore: {
        waits: async () => [...waits.values()].map((wait) => structuredClone(wait)),
        suspend: async () => {
          await moment()
          if (options.answersWhileResting === true) {
            answerAll()
            await execution.lookForAnswers()
            // Up to the write of whoever goes on, if anybody does.
            for (let turn = 0; turn < 20; turn++)
              if ([...waits.values()].some(({ is_taken: isTaken }) => isTaken)) break
              else await new Promise((resolve) => setImmediate(resolve))
          }
          const hasAnswer = [...waits.values()].some((wait) => wait.answered_ms !== null && !wait.is_taken)
          // The word of an answer may come a moment after the look at the rows.
          isAtRest = !hasAnswer || options.answersWhileResting === true
          return isAtRest ? 'rests' : 'answered'
        },
      },
      startChild: async () => undefined,
      onChildEnded: async () => undefined,
      onToolChanged: async () => undefined,
      maxAnswerBytes: 1_000_000,
      toolTimeoutMs: 10_000,
    }
    const row: RunRow = {
      tenant_id: 't',
      id: 'r',
      agent: 'a',
      version: 1,
      state: 'running',
      epoch,
      segment: 1,
      input: { value: options.input ?? {} },
      output: null,
      error: null,
      trigger: { kind: 'manual' },
      parent_run: null,
      parent_path: null,
      depth: 0,
      forked_from: null,
      forked_at: null,
      wants_cancel: false,
      cost_micros: 0,
      team: null,
      subject: null,
      tokens: 0,
      created_ms: 0,
      turned_ms: 0,
      started_ms: 0,
      ended_ms: null,
    }
    const entries = log.map((entry) => structuredClone(entry))
    const execution = new Execution(deps, {
      row,
      definition: agent,
      entries,
      waits: [...waits.values()].map((wait) => structuredClone(wait)),
    })
    const outcome = await Promise.race([execution.run(), dies.promise])
    isDead = true
    return outcome
  }

  /** People answer by what they see of the world. */
  const answerAll = (): void => {
    for (const wait of waits.values()) {
      if (wait.answered_ms !== null) continue
      asked.push(`${wait.kind} ${wait.path}`)
      const n = (wait.question?.show as { n?: unknown } | undefined)?.n
      const choice =
        wait.kind === 'uncertain'
          ? effects.includes(`blind ${String(n)}`)
            ? 'happened'
            : 'not-done'
          : 'approved'
      wait.answer = wait.kind === 'event' ? { came: true } : { choice, value: { n, of: 'blind' } }
      wait.answered_by = 'ann'
      wait.answered_ms = 1
    }
  }

  while (end === null) {
    const outcome = await live()
    if (outcome === 'suspended') {
      answerAll()
      if (![...waits.values()].some((wait) => !wait.is_taken)) throw new Error('nothing wakes the run')
    }
    if (lives > 200) throw new Error('the run does not end')
  }
  const ended: RunEnd = end
  return {
    end: ended,
    output: ended.output !== null && 'value' in ended.output ? ended.output.value : null,
    entries: log.toSorted((a, b) => a.seq - b.seq),
    effects,
    calls,
    lives,
    asked,
  }
}
