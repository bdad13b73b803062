import type { Measure, MeasureInput } from '@heavylift/core'
import { createRandom } from '@heavylift/core'
import { parseTemplate } from '../../expressions/template.ts'
import { Evidence } from '../../guard/evidence.ts'
import { judge, noAnswers, readRequest } from '../../guard/judge.ts'
import type { GuardedCall } from '../../guard/judge.ts'
import { from, originsOf } from '../../guard/origins.ts'

const rounds = 20_000

/** `agents.guard`: microseconds a call, by how it came about, after warming up. */
export async function runGuardBench({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const random = createRandom('guard')
  const policy = Array.from({ length: 10 }, (_, at) => ({
    id: `rule_${at}`,
    when: `tool.id == "t${at}" && args.amount > ${at} && agent.name != "x"`,
    verdict: 'ask' as const,
  }))
  const base = {
    agent: { name: 'bench', version: 1 },
    user: { id: 'ann' },
    tool: {
      id: 'pay',
      name: 'send_payment',
      source: 'openapi:bank',
      description: 'Pays.',
      effect: 'money' as const,
      input: {
        type: 'object',
        properties: { to: { type: 'string' }, amount: { type: 'number' }, note: { type: 'string' } },
      },
    },
    answers: noAnswers,
  }
  const word = (): string => Math.floor(random.next() * 1e9).toString(36)
  const evidence = new Evidence()
  evidence.addTrusted('Pay 40 to DE89370400440532013000 for the tickets, and tell ann@a.example', 'user')
  for (let at = 0; at < 20; at++)
    evidence.add(
      Array.from({ length: 10 }, () => ({ id: word(), text: Array.from({ length: 40 }, word).join(' ') })),
      `tool:read_${at}`,
    )
  const request = readRequest('Pay 40 to DE89370400440532013000 for the tickets')
  const origins = originsOf(
    parseTemplate({ to: '${input.to}', amount: '${input.n}', note: 'x ${steps.a.output}' }).flow,
    {
      input: from('user'),
      steps: from('tool:a'),
    },
  )
  const args = { to: 'DE89370400440532013000', amount: 40, note: 'tickets, as you asked' }
  const ways: Record<string, GuardedCall> = {
    byModel: { ...base, args, by: { kind: 'model', evidence, request } },
    byModelFromNowhere: {
      ...base,
      args: { ...args, to: 'DE00000000000000000000' },
      by: { kind: 'model', evidence, request },
    },
    byStep: { ...base, args, by: { kind: 'definition', origins } },
  }
  const metrics: Record<string, number> = {}
  for (const [name, call] of Object.entries(ways)) {
    report({ stage: name, done: 0, unit: 'calls' })
    for (let warm = 0; warm < 2_000; warm++) judge(call, { definition: policy })
    signal.throwIfAborted()
    const took = new Float64Array(rounds)
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      judge(call, { definition: policy })
      took[round] = (performance.now() - began) * 1_000
    }
    took.sort()
    metrics[`${name}P50Us`] = took[rounds / 2]!
    metrics[`${name}P99Us`] = took[Math.floor(rounds * 0.99)]!
  }
  metrics.microsecondsPerCall = Math.max(
    metrics.byModelP50Us!,
    metrics.byModelFromNowhereP50Us!,
    metrics.byStepP50Us!,
  )
  return {
    n: rounds * 3,
    metrics,
    notes: [
      'Ten rules of a definition, and 60 KiB that the model has read. microsecondsPerCall is the median of the slowest way.',
    ],
  }
}
