import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { createCsvReader } from '@heavylift/core/rows'
import { runPython } from '@heavylift/core/runtime/run-python'
import { madeOffers, makeDemand } from '../../samples/made-demand.ts'
import { planForUnseen } from '../buy/plan-for-unseen.ts'
import { firmByHour, playPurchase } from '../buy/plan-mix.ts'

const waitingShare = 0.002

/** `fleet.mix`: a year of hours, a hundred scenarios, twelve offers; three made demands, or one a file. */
export async function runMixEval({
  dataDir,
  options,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const demands =
    dataDir === null
      ? ['eval', 'eval-2', 'eval-3'].map((seed) => ({ name: seed, scenarios: makeDemand(200, seed) }))
      : await load(dataDir)
  const python = options?.['python']
  const sources: Record<string, Plan> = {}
  const cbc: Record<string, { seconds: number; optimum: number }> = {}
  for (const [i, { name, scenarios }] of demands.entries()) {
    signal.throwIfAborted()
    const { figures, program } = await planOne(scenarios, signal)
    sources[name] = figures
    if (typeof python === 'string') cbc[name] = await solveByCbc(python, program, signal)
    report({ stage: 'planning', done: i + 1, total: demands.length, unit: 'plans' })
  }
  const of = (key: keyof Plan) =>
    Object.entries(sources).map(([source, row]) => ({ source, value: row[key] }))
  const worst = (key: keyof Plan, sign: 1 | -1) =>
    of(key).reduce((a, b) => (sign * b.value > sign * a.value ? b : a))
  const average = (key: keyof Plan) => mean(of(key).map(({ value }) => value))
  const peers = Object.values(cbc)
  return {
    n: Object.values(sources).reduce((sum, { hours }) => sum + hours, 0),
    metrics: {
      cost: average('cost'),
      optimum: average('optimum'),
      gapPct: worst('gapPct', 1).value,
      seconds: worst('seconds', 1).value,
      rounds: average('rounds'),
      waitingShareUnseen: worst('waitingShareUnseen', 1).value,
      riskHeld: worst('riskHeld', -1).value,
      overAllByTheHour: average('overAllByTheHour'),
    },
    sources: Object.fromEntries(Object.entries(sources).map(([name, row]) => [name, { ...row }])),
    worst: {
      gapPct: worst('gapPct', 1),
      seconds: worst('seconds', 1),
      waitingShareUnseen: worst('waitingShareUnseen', 1),
    },
    ...(peers.length === 0
      ? {}
      : {
          peers: {
            cbc: {
              seconds: Math.max(...peers.map(({ seconds }) => seconds)),
              optimum: mean(peers.map(({ optimum }) => optimum)),
            },
          },
        }),
    notes: [
      `Half of the scenarios are planned with, the others played; at most ${waitingShare} of GPU-hours may wait. gapPct, seconds and riskHeld are those of the worst plan.`,
      peers.length === 0
        ? 'CBC was not asked: name a Python that has pulp by --python.'
        : 'CBC solves the last program of each plan to the same gap, at most a minute each; a small part of the work, as its tangents were found by the rounds before.',
    ],
  }
}

interface Plan {
  hours: number
  cost: number
  optimum: number
  gapPct: number
  seconds: number
  rounds: number
  waitingShareSeen: number
  waitingShareUnseen: number
  riskHeld: number
  margin: number
  overAllByTheHour: number
}

/** Plans with one half of the scenarios and plays the other. */
async function planOne(
  all: readonly Float64Array[],
  signal: AbortSignal,
): Promise<{ figures: Plan; program: string }> {
  const half = Math.ceil(all.length / 2)
  const seen = all.slice(0, half)
  const unseen = all.length > 1 ? all.slice(half) : all
  const began = performance.now()
  const { plan, margin } = await planForUnseen({ scenarios: seen, offers: madeOffers, waitingShare, signal })
  const seconds = (performance.now() - began) / 1000
  const played = playPurchase(unseen, firmByHour(plan.firm, seen[0]!.length), madeOffers)
  const allByTheHour = playPurchase(seen, new Float64Array(seen[0]!.length), madeOffers).cost
  return {
    program: plan.program,
    figures: {
      hours: seen.length * seen[0]!.length,
      cost: plan.cost,
      optimum: plan.bound,
      gapPct: plan.gapPct,
      seconds,
      rounds: plan.rounds,
      waitingShareSeen: plan.waitingShare,
      waitingShareUnseen: played.waitingShare,
      riskHeld: played.waitingShare <= waitingShare ? 1 : 0,
      margin,
      overAllByTheHour: plan.cost / allByTheHour,
    },
  }
}

async function load(dataDir: string): Promise<{ name: string; scenarios: Float64Array[] }[]> {
  const names = (await readdir(dataDir)).filter((one) => one.endsWith('.csv')).sort()
  if (names.length === 0)
    throw new InvalidInputError({
      code: 'no-demand',
      message: `There is no .csv in ${dataDir}: hours in rows, a column a scenario.`,
    })
  return Promise.all(
    names.map(async (name) => {
      const csv = createCsvReader()
      const rows = [...csv.push(await readFile(join(dataDir, name), 'utf8')), ...csv.end()].flatMap((row) =>
        'fields' in row ? [row.fields] : [],
      )
      const columns = (csv.header() ?? []).filter((column) => !/hour|time|date/i.test(column))
      const scenarios = columns.map((column) =>
        Float64Array.from(rows, (fields) => Math.max(0, Number(fields[column]) || 0)),
      )
      return { name: name.replace(/\.csv$/, ''), scenarios }
    }),
  )
}

const script = `
import subprocess, sys, time, pulp
solver = pulp.apis.PULP_CBC_CMD().path
began = time.time()
out = subprocess.run([solver, sys.argv[1], 'ratio', '0.000125', 'sec', '60', 'timeMode', 'elapsed', 'solve', 'solu', sys.argv[1] + '.sol', 'quit'], capture_output=True, text=True).stdout
seconds = time.time() - began
print(seconds, open(sys.argv[1] + '.sol').readline().split()[-1])
`

async function solveByCbc(
  python: string,
  program: string,
  signal: AbortSignal,
): Promise<{ seconds: number; optimum: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-mix-'))
  try {
    const file = join(folder, 'mix.lp')
    await writeFile(file, program)
    const printed = await runPython({ python, args: ['-c', script, file], needs: ['pulp'], signal })
    const [seconds = NaN, optimum = NaN] = printed.trim().split(' ').map(Number)
    return { seconds, optimum }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
