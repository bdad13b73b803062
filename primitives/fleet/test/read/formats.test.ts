import { expect, test } from 'vitest'
import { readOpenbNodes, readOpenbPods } from '../../src/read/openb.ts'
import { readJobs } from '../../src/read/read-jobs.ts'
import { readLocalTime } from '../../src/read/local-time.ts'
import type { JobRecord } from '../../src/domain/job.ts'
import type { ReadJobsOptions } from '../../src/read/read-jobs.ts'

async function read(text: string, options: ReadJobsOptions = {}) {
  const records: JobRecord[] = []
  const pieces = text.match(/[^]{1,50}/g) ?? []
  const log = await readJobs(pieces, { ...options, onJob: (job) => records.push(job) })
  return { ...log, records }
}

test('reads sacct with steps, arrays, states, TRES and a bar in a name [FLEET-READ-03]', async () => {
  const text = `JobID|JobIDRaw|JobName|Partition|Account|User|AllocCPUS|AllocTRES|State|Submit|Start|End|Elapsed|Timelimit
10|10|a|b|gpu|acct|ann|8|billing=8,cpu=8,gres/gpu=2,gres/gpu:a100=2,node=1|COMPLETED|2024-01-01T00:00:00|2024-01-01T00:01:00|2024-01-01T01:01:00|01:00:00|02:00:00
10.batch|10.batch|batch||acct||8||COMPLETED|2024-01-01T00:01:00|2024-01-01T00:01:00|2024-01-01T01:01:00|01:00:00|
11_3|14|arr|gpu|acct|bob|4|cpu=4|CANCELLED by 1001|2024-01-01T00:00:10|2024-01-01T00:02:00|2024-01-01T00:02:30|00:00:30|UNLIMITED
12|12|wait|gpu|acct|bob|0||PENDING|2024-01-01T00:00:20|Unknown|Unknown|00:00:00|1-00:00:00
`
  const { records, report, format } = await read(text)
  expect(format).toBe('sacct')
  expect(
    records.map(({ id, waitS, runS, requestedS, processors, gpuMilli, status, user }) => [
      id,
      waitS,
      runS,
      requestedS,
      processors,
      gpuMilli,
      status,
      user,
    ]),
  ).toEqual([
    [10, 60, 3600, 7200, 8, 2000, 1, 1],
    [14, 110, 30, 30, 4, -1, 5, 2],
  ])
  expect(report.issues().map(({ rule, lines }) => [rule, lines])).toEqual([
    ['no-limit', [4]],
    ['no-run-time', [5]],
  ])
})

test('an hour that is missing or twice in a zone is told, and the elapsed time says which [FLEET-READ-04]', async () => {
  expect(readLocalTime('2024-03-10T02:30:00', 'America/New_York')).toMatchObject({
    isSkipped: true,
    atS: Date.UTC(2024, 2, 10, 7, 30) / 1000,
  })
  expect(readLocalTime('2024-11-03T01:30:00', 'America/New_York')).toEqual({
    isSkipped: false,
    atS: Date.UTC(2024, 10, 3, 5, 30) / 1000,
    secondS: Date.UTC(2024, 10, 3, 6, 30) / 1000,
  })
  const { records, report } = await read(
    `JobID|AllocCPUS|State|Submit|Start|End|Elapsed
1|1|COMPLETED|2024-11-03T00:50:00|2024-11-03T00:55:00|2024-11-03T01:30:00|01:35:00
2|1|COMPLETED|2024-11-03T01:10:00|2024-11-03T01:50:00|2024-11-03T01:10:00|00:20:00
`,
    { timeZone: 'America/New_York' },
  )
  expect(records.map(({ waitS, runS }) => [waitS, runS])).toEqual([
    [300, 5700],
    [2400, 1200],
  ])
  expect(report.count('repeated-hour')).toBe(2)
})

test('reads Philly-style and Alibaba tables by their columns [FLEET-READ-05]', async () => {
  const philly = await read('timestamp,duration,num_gpus\n100,3600,4\n50,60,1\nx,1,1\n')
  expect(
    philly.records.map(({ submitS, runS, processors, gpuMilli }) => [submitS, runS, processors, gpuMilli]),
  ).toEqual([
    [100, 3600, 4, 4000],
    [50, 60, 1, 1000],
  ])
  expect(philly.report.count('no-submit-time')).toBe(1)
  expect(Array.from(philly.jobs.submitS.slice(0, 2))).toEqual([50, 100])
  const alibaba = await read(
    'instance_sn,role,app_name,cpu_request,cpu_limit,gpu_request,gpu_limit,memory_request,max_instance_per_node,creation_time,scheduled_time,deletion_time\n' +
      'instance_0,HN,app_0,12,16,1,1,120,-1,0.0,30.0,930.0\ninstance_1,CN,app_0,90,90,0,0,300,-1,10,10,\n',
  )
  expect(
    alibaba.records.map(({ waitS, runS, processors, queue }) => [waitS, runS, processors, queue]),
  ).toEqual([[30, 900, 1, 1]])
  expect(alibaba.report.count('no-run-time')).toBe(1)
  await expect(read('a,b,c\n1,2,3\n')).rejects.toMatchObject({ code: 'unknown-columns' })
  await expect(read('hello')).rejects.toMatchObject({ code: 'unknown-format' })
})

test('reads nodes and pods of openb [FLEET-READ-05]', () => {
  const { nodes, report } = readOpenbNodes(
    'sn,cpu_milli,memory_mib,gpu,model\nn0,64000,262144,2,P100\nn1,x,1,1,T4\n',
  )
  expect(nodes).toEqual([{ name: 'n0', cpuMilli: 64_000, memoryMib: 262_144, gpus: 2, gpuType: 'P100' }])
  expect(report.issues()).toEqual([{ rule: 'not-a-row', count: 1, lines: [3] }])
  const { pods } = readOpenbPods(
    'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos\np0,6000,12288,1,460,V100M16|V100M32,LS\np1,8000,1,8,1000,,BE\np2,1,1,2,500,,BE\n',
  )
  expect(pods).toMatchObject([
    { gpuTypes: ['V100M16', 'V100M32'], gpuMilli: 460 },
    { gpus: 8, gpuTypes: [] },
  ])
  expect(pods).toHaveLength(2)
})

test('reads Batsim workloads whose times can be known, and says which cannot [FLEET-READ-06]', async () => {
  const text = JSON.stringify({
    nb_res: 8,
    jobs: [
      { id: 'w0!1', subtime: 10.5, walltime: 100, res: 4, profile: 'd' },
      { id: 2, subtime: 11, walltime: -1, res: 4, profile: 's' },
      { id: 3, subtime: 12, res: 1, profile: 'c' },
    ],
    profiles: {
      d: { type: 'delay', delay: 20.2 },
      s: { type: 'composed', repeat: 3, seq: ['d', 'd'] },
      c: { type: 'parallel_homogeneous', cpu: 1e9, com: 0 },
    },
  })
  const { records, report, processors } = await read(text)
  expect(processors).toBe(8)
  expect(records.map(({ id, submitS, runS }) => [id, submitS, runS])).toEqual([
    [1, 10, 20],
    [2, 11, 121],
  ])
  expect(report.issues().map(({ rule, lines }) => [rule, lines])).toEqual([
    ['no-limit', [2]],
    ['no-run-time', [3]],
  ])
  expect((await read(text, { flopsPerS: 1e8 })).records[2]).toMatchObject({ runS: 10 })
})

test('what is kept of a name is a keyed hash unless told otherwise [FLEET-READ-07]', async () => {
  const { NameBook } = await import('../../src/read/name-book.ts')
  const book = new NameBook()
  expect([book.numberOf('ann'), book.numberOf('bob'), book.numberOf('ann'), book.numberOf('')]).toEqual([
    1, 2, 1, -1,
  ])
  expect(book.labels().join()).not.toMatch(/ann|bob/)
  const named = new NameBook({ keepsNames: true })
  named.numberOf('ann')
  expect(named.labels()).toEqual(['ann'])
})

test('sacct without a header, with nodes for processors and with offsets in its times [FLEET-READ-08]', async () => {
  const read = (text: string, columns?: string[]) =>
    readJobs([text], columns === undefined ? {} : { columns })
  const columns = ['JobID', 'Submit', 'Start', 'End', 'Elapsed', 'State', 'NNodes']
  const row = '17|2024-01-01T10:00|2024-01-01T10:01|2024-01-01T11:01|1:00:00|COMPLETED|4\n'
  const bare = await read(row, columns)
  expect(bare.report.refused).toBe(0)
  expect(bare.report.count('nodes-only')).toBe(1)
  expect([bare.jobs.processors[0], bare.jobs.runS[0]]).toEqual([4, 3600])
  await expect(read(row, ['Submit'])).rejects.toMatchObject({ code: 'not-sacct' })
  const offset = await read(
    'JobID|Submit|Start|End|AllocCPUS|State\n17|2024-01-01T10:00:00+0130|2024-01-01T09:00:00Z|2024-01-01T09:00:05Z|2|COMPLETED\n',
  )
  expect(offset.jobs.submitS[0]).toBe(Date.parse('2024-01-01T08:30:00Z') / 1000)
})
