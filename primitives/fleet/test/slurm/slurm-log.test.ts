import { expect, test } from 'vitest'
import { readSlurmLog, releaseIn } from '../../src/evals/slurm-log.ts'
import { waitsOf } from '../../src/slurm/replay.ts'

const lines = (...said: [atS: number, text: string][]) =>
  said.map(([atS, text]) => `[${new Date(1000 * atS).toISOString().slice(0, 23)}] ${text}`).join('\n')

test('a log says when nodes are free again: of one node when it was counted, of several by their own words [FLEET-SLURM-03]', () => {
  const log = readSlurmLog(
    lines(
      [10, '_job_complete: JobId=7 done'],
      [10.2, 'job_epilog_complete: enter JobId=7'],
      [20, '_job_complete: JobId=8 done'],
      [20.1, 'job_epilog_complete: enter JobId=8'],
      [20.15, 'debug2: _slurm_rpc_epilog_complete: JobId=8 Node=n3 '],
      [20.4, 'job_epilog_complete: enter JobId=8'],
      [30, '_job_complete: JobId=9 done'],
      [30, 'debug:  sched: Running job scheduler for full queue.'],
      [30, 'job_epilog_complete: enter JobId=9'],
    ),
  )
  // In one millisecond what is written first was first.
  expect(log.endS.get(9)).toBeLessThan(log.passes[0]!.atS)
  expect(log.passes[0]!.atS).toBeLessThan(log.countedS.get(9)![0]!)
  expect(releaseIn(log, 7, 'n1', 10)).toBeCloseTo(0.2)
  expect(releaseIn(log, 8, 'n3', 20)).toBeCloseTo(0.1)
  expect(releaseIn(log, 8, 'n4', 20)).toBeCloseTo(0.4)
  expect(releaseIn(log, 10, 'n4', 20)).toBeUndefined()
})

test('a log says which look broke off, and after how many jobs [FLEET-SLURM-03]', () => {
  const begin = 'sched/backfill: _attempt_backfill: beginning'
  const end = 'sched/backfill: _attempt_backfill: completed testing 3(3) jobs, usec=9'
  const { passes } = readSlurmLog(
    lines(
      [1, begin],
      [1, 'sched/backfill: _attempt_backfill: BACKFILL: reached end of job queue'],
      [1, end],
      [2, 'debug:  sched: Running job scheduler for full queue.'],
      [3, begin],
      [3, end],
      [4, begin],
      [4, 'sched/backfill: _attempt_backfill: completed testing 0(0) jobs, usec=1'],
    ),
  )
  expect(passes).toMatchObject([{ by: 'backfill' }, { by: 'main' }, { by: 'backfill', mostJobs: 3 }])
  expect(passes[0]).not.toHaveProperty('mostJobs')
})

test('how long Slurm waits after an end for another is as its configuration says, or as Slurm does without [FLEET-SLURM-03]', () => {
  const conf = (settings: Record<string, string>) => waitsOf({ setting: (key) => settings[key] })
  expect(conf({})).toEqual({ requeueS: 121, endAgainS: 40 })
  expect(conf({ AuthInfo: 'socket=/a,cred_expire=5', KillWait: '3', MessageTimeout: '2' })).toEqual({
    requeueS: 6,
    endAgainS: 5,
  })
})
