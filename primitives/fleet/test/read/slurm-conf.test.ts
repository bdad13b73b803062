import { expect, test } from 'vitest'
import { expandHostList } from '../../src/read/host-list.ts'
import { readSlurmConf, slurmTimeS } from '../../src/read/slurm-conf.ts'
import { changeSlurmConf } from '../../src/write/slurm-conf.ts'

test('expands host lists as scontrol does [FLEET-CONF-01]', () => {
  expect(expandHostList('a,b[1-3,7]')).toEqual(['a', 'b1', 'b2', 'b3', 'b7'])
  expect(expandHostList('n[08-11]-ib')).toEqual(['n08-ib', 'n09-ib', 'n10-ib', 'n11-ib'])
  expect(expandHostList('r[1-2]n[1-2]')).toEqual(['r1n1', 'r1n2', 'r2n1', 'r2n2'])
  expect(expandHostList('bg[00x11]')).toEqual(['bg00', 'bg01', 'bg10', 'bg11'])
  for (const wrong of ['n[3-1]', 'n[1-', 'n1]', 'n[x]', 'n[1-99999999]'])
    expect(() => expandHostList(wrong)).toThrow(RangeError)
})

test('reads times as Slurm writes them', () => {
  expect(['30', '30:10', '1:30:00', '2-12', '2-12:30', 'INFINITE', 'UNLIMITED'].map(slurmTimeS)).toEqual([
    1800,
    1810,
    5400,
    216_000,
    217_800,
    null,
    null,
  ])
})

const main = `# A cluster
ClusterName=Alps
SlurmctldHost=head(10.0.0.1)
PriorityType=priority/multifactor
priorityweightage=1000
PriorityWeightQOS=2000 # of the account
PriorityDecayHalfLife=14-0
SchedulerParameters=bf_window=2880,bf_continue,bf_max_job_test=500
PreemptMode=REQUEUE
PreemptType=preempt/partition_prio
Include nodes-%c.conf
Include nowhere.conf
PartitionName=DEFAULT MaxTime=1-0 State=UP
PartitionName=batch Nodes=ALL \\
   Default=YES \\
   PriorityTier=1
PartitionName=gpu Nodes=g[1-2],x9 PriorityTier=100 PreemptMode=OFF MaxTime=INFINITE
PartitionName=big Nodes=large
nonsense here
`
const nodes = `NodeName=DEFAULT Sockets=2 CoresPerSocket=8 ThreadsPerCore=2 RealMemory=64000
NodeName=c[01-03] Feature="fast,ib" State=UNKNOWN
NodeName=g[1-2] Gres=gpu:a100:4(S:0-1),gpu:t4:1 CPUs=64
NodeSet=large Feature=fast
DownNodes=c02 State=DOWN Reason="disk"
`

test('reads nodes, partitions, weights and pre-emption with defaults, continued lines and included files [FLEET-CONF-01]', async () => {
  const conf = await readSlurmConf({
    file: 'slurm.conf',
    text: main,
    include: (path) => Promise.resolve(path === 'nodes-alps.conf' ? nodes : null),
  })
  expect(conf.nodes.map(({ name, cpus, state }) => [name, cpus, state])).toEqual([
    ['c01', 32, 'UNKNOWN'],
    ['c02', 32, 'DOWN'],
    ['c03', 32, 'UNKNOWN'],
    ['g1', 64, 'UNKNOWN'],
    ['g2', 64, 'UNKNOWN'],
  ])
  expect(conf.nodes[3]).toMatchObject({ gpus: { a100: 4, t4: 1 }, memoryMb: 64_000 })
  expect(conf.nodes[0]).toMatchObject({ features: ['fast', 'ib'] })
  expect(conf.partitions).toMatchObject([
    {
      name: 'batch',
      isDefault: true,
      maxTimeS: 86_400,
      priorityTier: 1,
      preemptMode: 'REQUEUE',
      nodes: ['c01', 'c02', 'c03', 'g1', 'g2'],
    },
    { name: 'gpu', maxTimeS: null, priorityTier: 100, preemptMode: 'OFF', nodes: ['g1', 'g2', 'x9'] },
    { name: 'big', nodes: ['c01', 'c02', 'c03'], maxTimeS: 86_400 },
  ])
  expect(conf.priority).toMatchObject({
    type: 'priority/multifactor',
    decayHalfLifeS: 14 * 86_400,
    weights: { age: 1000, qos: 2000, fairshare: 0 },
  })
  expect(conf.scheduler).toEqual({ bf_window: '2880', bf_continue: '', bf_max_job_test: '500' })
  expect(conf.issues).toEqual([
    { file: 'slurm.conf', line: 12, says: 'Include nowhere.conf: there is no such file here' },
    { file: 'slurm.conf', line: 19, says: '"nonsense here" is no key=value' },
    { file: 'slurm.conf', line: 17, says: 'partition gpu has nodes that no NodeName names: x9' },
  ])
})

test('an include that includes itself ends, with a line number', async () => {
  const conf = await readSlurmConf({
    file: 'a',
    text: 'Include a',
    include: () => Promise.resolve('Include a'),
  })
  expect(conf.issues).toMatchObject([{ says: expect.stringContaining('too deep') as string }])
})

test('changes keep every other byte, and the diff says what changed [FLEET-WRITE-02]', async () => {
  const { text, diff, fragment } = await changeSlurmConf(main, {
    settings: { PriorityWeightAge: '500', PriorityWeightJobSize: '300' },
    partitions: { batch: { PriorityTier: '5', MaxTime: '2-0' } },
  })
  expect(text).toContain('priorityweightage=500\n')
  expect(text).toContain('PartitionName=batch Nodes=ALL Default=YES PriorityTier=5 MaxTime=2-0\n')
  expect(text.endsWith('nonsense here\nPriorityWeightJobSize=300\n')).toBe(true)
  expect(fragment).toBe(
    'priorityweightage=500\nPartitionName=batch Nodes=ALL Default=YES PriorityTier=5 MaxTime=2-0\nPriorityWeightJobSize=300\n',
  )
  expect(diff.split('\n').filter((one) => /^[+-]/.test(one))).toEqual([
    '--- slurm.conf',
    '+++ slurm.conf',
    '-priorityweightage=1000',
    '+priorityweightage=500',
    '-PartitionName=batch Nodes=ALL \\',
    '-   Default=YES \\',
    '-   PriorityTier=1',
    '+PartitionName=batch Nodes=ALL Default=YES PriorityTier=5 MaxTime=2-0',
    '+PriorityWeightJobSize=300',
  ])
  const again = await readSlurmConf({ file: 'slurm.conf', text })
  expect(again.setting('PriorityWeightAge')).toBe('500')
  expect(again.partitions[0]).toMatchObject({ priorityTier: 5, maxTimeS: 172_800 })
})

test('a change of a partition that is not there is refused with those that are', async () => {
  await expect(changeSlurmConf(main, { partitions: { gpus: { MaxTime: '1' } } })).rejects.toThrow(
    'batch, gpu, big',
  )
})
