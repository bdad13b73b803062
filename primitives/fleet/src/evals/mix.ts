import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { InvalidInputError } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'
import { madeOffers, makeDemand } from '../../samples/made-demand.ts'
import { planForUnseen } from '../buy/plan-for-unseen.ts'
import { playPurchase } from '../buy/plan-mix.ts'

const waitingShare = 0.002

/** `fleet.mix`: a year of hours, a hundred scenarios, twelve offers. */
export async function runMixEval({
  dataDir,
  options,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const all = dataDir === null ? makeDemand(200, 'eval') : await load(dataDir)
  const half = Math.ceil(all.length / 2)
  const seen = all.slice(0, half)
  const unseen = all.length > 1 ? all.slice(half) : all
  const began = performance.now()
  const { plan, margin } = await planForUnseen({ scenarios: seen, offers: madeOffers, waitingShare, signal })
  const seconds = (performance.now() - began) / 1000
  const firm = new Float64Array(seen[0]!.length)
  for (const { fromHour, hours, gpus } of plan.firm) firm.fill(gpus, fromHour, fromHour + hours)
  const played = playPurchase(unseen, firm, madeOffers)
  const python = options?.['python']
  const cbc = typeof python === 'string' ? await solveByCbc(python, plan.program) : null
  const allByTheHour = playPurchase(seen, new Float64Array(firm.length), madeOffers).cost
  return {
    n: seen.length * firm.length,
    metrics: {
      cost: plan.cost,
      optimum: plan.bound,
      gapPct: plan.gapPct,
      seconds,
      rounds: plan.rounds,
      waitingShareSeen: plan.waitingShare,
      waitingShareUnseen: played.waitingShare,
      riskHeld: played.waitingShare <= waitingShare ? 1 : 0,
      overAllByTheHour: plan.cost / allByTheHour,
    },
    ...(cbc === null ? {} : { peers: { cbc } }),
    notes: [
      `${seen.length} scenarios planned with, ${unseen.length} others played; at most ${waitingShare} of GPU-hours may wait, ${margin.toFixed(2)} of that is planned for, as found by planning with half of them.`,
      ...(cbc === null
        ? ['CBC was not asked: name a Python that has pulp by --python.']
        : ['CBC solves the last integer program of the plan.']),
    ],
  }
}

async function load(dataDir: string): Promise<Float64Array[]> {
  const name = (await readdir(dataDir)).find((one) => one.endsWith('.csv'))
  if (name === undefined)
    throw new InvalidInputError({
      code: 'no-demand',
      message: `There is no .csv in ${dataDir}: hours in rows, a column a scenario.`,
    })
  const csv = createCsvReader()
  const rows = [...csv.push(await readFile(join(dataDir, name), 'utf8')), ...csv.end()].flatMap((row) =>
    'fields' in row ? [row.fields] : [],
  )
  const columns = (csv.header() ?? []).filter((column) => !/hour|time|date/i.test(column))
  return columns.map((column) =>
    Float64Array.from(rows, (fields) => Math.max(0, Number(fields[column]) || 0)),
  )
}

const script = `
import subprocess, sys, time, pulp
solver = pulp.apis.PULP_CBC_CMD().path
began = time.time()
out = subprocess.run([solver, sys.argv[1], 'ratio', '0.000125', 'solve', 'solu', sys.argv[1] + '.sol', 'quit'], capture_output=True, text=True).stdout
seconds = time.time() - began
print(seconds, open(sys.argv[1] + '.sol').readline().split()[-1])
`

async function solveByCbc(python: string, program: string): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-mix-'))
  try {
    const file = join(folder, 'mix.lp')
    await writeFile(file, program)
    const { stdout } = await promisify(execFile)(python, ['-c', script, file], { timeout: 120_000 })
    const [seconds = NaN, optimum = NaN] = stdout.trim().split(' ').map(Number)
    return { seconds, optimum }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
