import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { explainMissingSlurm, startSlurm } from '@heavylift/jobs/testing'
import type { TestSlurm } from '@heavylift/jobs/testing'
import { commandInput } from '@heavylift/core/testing'
import { commands } from '../../src/commands/commands.ts'
import { lookAtCluster } from '../../src/slurm/shadow.ts'
import { planStarts } from '../../src/slurm/plan.ts'

const missing = await explainMissingSlurm()

describe.skipIf(missing !== null)(`beside Slurm${missing === null ? '' : ` (left out: ${missing})`}`, () => {
  let slurm: TestSlurm
  beforeAll(async () => {
    slurm = await startSlurm({
      nodes: 2,
      cores: 4,
      partitions: [
        'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=OFF',
      ],
    })
  })
  afterAll(() => slurm?.stop())

  const submit = async (nodes: number, minutes: number) =>
    Number(
      await slurm.command('sbatch', [
        '--parsable',
        `--nodes=${nodes}`,
        '--ntasks-per-node=4',
        `--time=${minutes}`,
        '--output=/dev/null',
        '--wrap=exec sleep 600',
      ]),
    )

  test('says why a real job waits, and when it starts at the latest, and changes nothing [FLEET-SLURM-04] [FLEET-WHY-01]', async () => {
    const running = await submit(1, 30)
    const wide = await submit(2, 10)
    // As long as it, so that it would hold the wide one up.
    const behind = await submit(1, 60)
    const config = { sample: false, slurm: { conf: slurm.env.SLURM_CONF } }
    const { view, nodes } = await vi.waitUntil(
      async () => {
        const seen = await lookAtCluster(config)
        return seen.view.jobs.get(running)?.state === 'RUNNING' && seen.view.state.pending.length === 2
          ? seen
          : null
      },
      { timeout: 60_000, interval: 200 },
    )
    expect(nodes.map(({ state }) => state)).toEqual(['up', 'up'])
    const startedS = view.jobs.get(running)!.startS
    const planned = planStarts(view.state, { ...view.options, resolutionS: 1 })
    expect(planned.map(({ job, startS }) => [job.id, startS])).toEqual([
      [wide, startedS + 1800],
      [behind, startedS + 1800 + 600],
    ])

    const lines: string[] = []
    const why = await commands
      .find(({ name }) => name === 'why')!
      .run(
        commandInput({
          args: { job: String(behind) },
          options: { conf: slurm.env.SLURM_CONF },
          print: (line) => lines.push(line),
        }),
      )
    expect(why).toMatchObject({ ahead: 1 })
    expect(lines[0]).toMatch(
      new RegExp(`Job ${behind} needs 1 node of partition all with 4 CPUs.*kept for job ${wide} \\(root\\)`),
    )
    expect(lines.slice(1).join('\n')).toMatch(/earlier with a limit of (15|30) min instead of 1 h/)
    // Only looked: all are as they were.
    expect((await lookAtCluster(config)).view.jobs.get(behind)?.state).toBe('PENDING')
  }, 120_000)

  test('says what to do where no Slurm answers [FLEET-SLURM-04]', async () => {
    await expect(
      lookAtCluster({ sample: false, slurm: { conf: '/nowhere/slurm.conf' } }),
    ).rejects.toMatchObject({
      code: 'slurm-unavailable',
      status: 503,
    })
  }, 60_000)
})
