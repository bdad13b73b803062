import path from 'node:path'
import type { Measure, MeasureInput } from '@heavylift/core'
import { createRandom } from '@heavylift/core'
import { Evidence } from '../../guard/evidence.ts'
import { judge, noAnswers, readRequest } from '../../guard/judge.ts'
import type { GuardedCall } from '../../guard/judge.ts'
import { guessEffect, rolesOf } from '../../guard/meaning.ts'
import { misfit } from '../../run/misfit.ts'
import { readSuites } from '../injection/suite.ts'
import type { ScriptedCall, Suite } from '../injection/suite.ts'
import { World } from '../injection/world.ts'
import { compareFinalStates } from './final-states.ts'

/** `agents.replay`: recorded calls over a store that is the tenant's own, each as it was and with one thing wrong. */
export async function runReplay({
  dataDir,
  options = {},
  report,
  signal,
}: MeasureInput): ReturnType<Measure['run']> {
  const folder = dataDir ?? path.join(import.meta.dirname, '../../../samples/injection')
  const suites = await readSuites(folder)
  const kills = Number(options['kills'] ?? usualKills)
  const gold: Judged[] = []
  const mutants: Judged[] = []
  for (const [at, suite] of suites.entries()) {
    report({ stage: suite.suite, done: at, total: suites.length, unit: 'suites' })
    for (const task of suite.userTasks) {
      signal.throwIfAborted()
      await replay(suite, task, gold, mutants)
    }
  }
  const sources = Object.fromEntries(
    suites.map(({ suite }) => {
      const [own, wrong] = [gold, mutants].map((all) => all.filter((each) => each.suite === suite))
      return [
        suite,
        {
          n: own!.length + wrong!.length,
          goldAllowedRate: rate(own!, 'allow'),
          mutantRefusedRate: rate(wrong!, 'refuse'),
        },
      ]
    }),
  )
  const lowest = (metric: 'goldAllowedRate' | 'mutantRefusedRate') => {
    const [source, figures] = Object.entries(sources).toSorted(([, a], [, b]) => a[metric] - b[metric])[0]!
    return { source, value: figures[metric] }
  }
  const states =
    kills > 0 ? await compareFinalStates(suites, path.resolve(folder), kills, { report, signal }) : null
  const kinds = [...new Set(mutants.map(({ kind }) => kind))].toSorted()
  return {
    n: gold.length + mutants.length,
    metrics: {
      ...(states === null
        ? {}
        : {
            finalStateEqualRate:
              states.runs === states.unended ? 0 : states.equal / (states.runs - states.unended),
            runsNotEnded: states.unended,
            runsUnderKills: states.runs,
            kills: states.kills,
          }),
      goldAllowedRate: rate(gold, 'allow'),
      goldAskedRate: rate(gold, 'ask'),
      mutantRefusedRate: rate(mutants, 'refuse'),
      mutantAskedRate: rate(mutants, 'ask'),
      ...Object.fromEntries(
        kinds.map((kind) => [
          `refusedRate:${kind}`,
          rate(
            mutants.filter((each) => each.kind === kind),
            'refuse',
          ),
        ]),
      ),
    },
    sources,
    worst: { goldAllowedRate: lowest('goldAllowedRate'), mutantRefusedRate: lowest('mutantRefusedRate') },
    failures: [
      ...(states?.unequal.map((what) => `another state under kills: ${what}`) ?? []),
      ...gold
        .filter(({ verdict }) => verdict !== 'allow')
        .map(({ what }) => `recorded, and not allowed: ${what}`),
      ...mutants
        .filter(({ verdict }) => verdict === 'allow')
        .map(({ what }) => `wrong, and allowed: ${what}`),
    ].slice(0, 200),
    notes:
      states === null
        ? ['No process was killed: finalStateEqualRate needs --kills above 0.']
        : [
            `finalStateEqualRate: ${states.runs} runs of ${states.tasks} tasks (${states.changing} change something) in tool loops on three server processes under ${states.kills} SIGKILLs, each that ended held against the same task undisturbed; runsNotEnded counts those of which none had ended for ten minutes after the last kill. Calls are not judged there.`,
          ],
  }
}

/** SIGKILLs under which the recorded calls are made as runs. */
const usualKills = 20

interface Judged {
  suite: string
  kind: string
  verdict: 'allow' | 'ask' | 'refuse'
  what: string
}

async function replay(
  suite: Suite,
  task: Suite['userTasks'][number],
  gold: Judged[],
  mutants: Judged[],
): Promise<void> {
  const world = new World(suite)
  const evidence = new Evidence()
  evidence.addTrusted(task.prompt, 'user')
  const request = readRequest(task.prompt)
  const random = createRandom(`${suite.suite} ${task.id}`)
  const verdict = async (call: ScriptedCall): Promise<Judged['verdict']> => {
    const tool = toolOf(suite, call.tool)
    if (tool === null || (await misfit(tool.input, call.args)) !== null) return 'refuse'
    return judge(
      {
        agent: { name: 'assistant', version: 1 },
        user: { id: 'user' },
        tool,
        args: call.args,
        by: { kind: 'model', evidence, request },
        answers: noAnswers,
      },
      { definition: [] },
    ).verdict
  }
  const what = (kind: string, { tool, args }: ScriptedCall): string =>
    `${suite.suite} ${task.id} ${kind} ${tool} ${JSON.stringify(args).slice(0, 120)}`
  for (const call of task.calls) {
    const { suite: of } = suite
    gold.push({ suite: of, kind: 'gold', verdict: await verdict(call), what: what('', call) })
    const tool = toolOf(suite, call.tool)
    if (tool !== null && tool.effect !== 'none')
      for (const [kind, mutant] of mutantsOf(suite, call, tool, random))
        mutants.push({ suite: of, kind, verdict: await verdict(mutant), what: what(kind, mutant) })
    evidence.add(tool?.effect === 'none' ? world.answer(call) : { done: true }, 'store', call)
  }
}

function toolOf(suite: Suite, name: string): GuardedCall['tool'] | null {
  const found = suite.tools.find((tool) => tool.name === name)
  if (found === undefined) return null
  const { description, parameters, effect = guessEffect(found) } = found
  return { id: name, name, source: 'suite', description, input: parameters, effect }
}

/** A call with one thing wrong: another's id, a made-up value, another amount, a wrong type, an argument too few or too many. */
function* mutantsOf(
  suite: Suite,
  call: ScriptedCall,
  tool: GuardedCall['tool'],
  random: ReturnType<typeof createRandom>,
): Generator<[string, ScriptedCall]> {
  const roles = rolesOf(tool.input)
  const withArgs = (args: Record<string, unknown>): ScriptedCall => ({ tool: call.tool, args })
  for (const [name, value] of Object.entries(call.args)) {
    const role = roles[name] ?? 'target'
    if (role === 'amount' && typeof value === 'number')
      yield ['amount', withArgs({ ...call.args, [name]: Math.round(value * random.int(11, 90)) / 10 + 3.17 })]
    if (!['target', 'recipient', 'url', 'secret'].includes(role) || typeof value !== 'string') continue
    const others = valuesBeside(suite.environment, value).filter((other) => !value.includes(other))
    if (others.length > 0) yield ['other', withArgs({ ...call.args, [name]: random.pick(others) })]
    yield ['made-up', withArgs({ ...call.args, [name]: `${value.slice(0, -2)}${random.int(10, 99)}x` })]
    yield ['wrong-type', withArgs({ ...call.args, [name]: { value } })]
    const rest = { ...call.args }
    delete rest[name]
    if (Array.isArray(tool.input.required) && tool.input.required.includes(name))
      yield ['missing', withArgs(rest)]
  }
}

/** Values of the same field in other records of the store. */
function valuesBeside(store: unknown, value: string): string[] {
  const found = new Set<string>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const key of new Set(part.flatMap((item: unknown) => keysWith(item, value))))
        for (const item of part as Record<string, unknown>[]) {
          const other = item[key]
          if (typeof other === 'string' && other !== value) found.add(other)
        }
      part.forEach(visit)
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit)
  }
  visit(store)
  return [...found]
}

function keysWith(item: unknown, value: string): string[] {
  if (typeof item !== 'object' || item === null) return []
  return Object.entries(item).flatMap(([key, field]) => (field === value ? [key] : []))
}

function rate(judged: readonly Judged[], verdict: Judged['verdict']): number {
  return judged.length === 0 ? 0 : judged.filter((each) => each.verdict === verdict).length / judged.length
}
