import { expect, test } from 'vitest'
import { expandHostList } from '../../src/read/host-list.ts'
import { parseSinfo, parseSqueue } from '../../src/slurm/snapshot.ts'

// In the form of squeue(1) and sinfo(1) of 22.05, with SLURM_TIME_FORMAT=%s.
const queue = [
  '812|812_[3-9]|PENDING|Priority|train|ana|lab|normal|4294901750|2-4|16|gres:gpu:a100:4|4G|2:00:00|1780000000|N/A|N/A|(null)||sweep|of a bar',
  '790|790|RUNNING|None|train|bo|lab|high|12|2|16|gres/gpu:4,gres/shard:1|0|1-00:00:00|1780000000|1780000100|1780086500|(null)|g[1-2]|pretrain',
  '813|813|PENDING|Dependency|cpu,train|bo|lab|normal|11|1|1|N/A|1000M|UNLIMITED|1780000000|1780009000|N/A|afterok:790(unfulfilled)||after',
  '',
  'slurm_load_jobs error: Unable to contact slurm controller',
].join('\n')

test('squeue is read with arrays, GPUs, memory, limits and a bar in a name [FLEET-SLURM-01]', () => {
  const [array, running, after] = parseSqueue(queue, expandHostList)
  expect(array).toMatchObject({
    id: 812,
    label: '812_[3-9]',
    name: 'sweep|of a bar',
    nodes: 2,
    cpus: 16,
    gpusPerNode: 4,
    memoryMb: 4096,
    limitS: 7200,
    submitS: 1_780_000_000,
    startS: -1,
    dependsOn: '',
    nodeNames: [],
  })
  expect(running).toMatchObject({
    gpusPerNode: 4,
    nodeNames: ['g1', 'g2'],
    startS: 1_780_000_100,
    limitS: 86_400,
  })
  expect(after).toMatchObject({
    partition: 'cpu',
    gpusPerNode: 0,
    memoryMb: 1000,
    limitS: null,
    dependsOn: 'afterok:790(unfulfilled)',
    startS: 1_780_009_000,
  })
  expect(parseSqueue(queue, expandHostList)).toHaveLength(3)
})

test('sinfo is read once a node, without the marks after its state [FLEET-SLURM-01]', () => {
  expect(parseSinfo('g1|mixed|none\ng1|mixed|none\ng2|down*|not | responding\n')).toEqual([
    { name: 'g1', state: 'mixed', reason: 'none' },
    { name: 'g2', state: 'down', reason: 'not | responding' },
  ])
})
