import { expect, test } from 'vitest'
import { readChaosToolkit } from '../../src/game-day/read-chaos-toolkit.ts'

const experiment = {
  title: 'Orders survive a lost worker',
  description: 'A worker is killed while orders come.',
  configuration: {
    base: 'http://127.0.0.1:8080',
    worker: { type: 'env', key: 'WORKER', default: 'order-worker' },
  },
  'steady-state-hypothesis': {
    title: 'Orders are answered',
    probes: [
      {
        type: 'probe',
        name: 'orders answer',
        tolerance: 200,
        provider: { type: 'http', url: '${base}/orders?open=1', timeout: 2 },
      },
      {
        type: 'probe',
        name: 'queue is short',
        tolerance: true,
        provider: { type: 'python', module: 'queues.probes', func: 'is_short' },
      },
    ],
  },
  method: [
    {
      type: 'action',
      name: 'kill the worker',
      provider: { type: 'process', path: 'pkill', arguments: '-9 -f ${worker}' },
      pauses: { after: 15 },
    },
    {
      type: 'action',
      name: 'stop it',
      provider: { type: 'process', path: '/bin/kill', arguments: ['-STOP', '4711'] },
    },
    {
      type: 'action',
      name: 'burn',
      provider: { type: 'process', path: 'stress-ng', arguments: { '--cpu': 2, '--timeout': '10s' } },
    },
    {
      type: 'action',
      name: 'delay packets',
      provider: { type: 'process', path: 'tc', arguments: 'qdisc add dev eth0' },
    },
    { ref: 'orders answer' },
  ],
  rollbacks: [{ type: 'action', name: 'start it', provider: { type: 'process', path: 'systemctl' } }],
}

test('an experiment of Chaos Toolkit becomes a game day, and what is not played is listed [READY-GAMEDAY-04]', () => {
  const { definition, left } = readChaosToolkit(JSON.stringify(experiment), { owner: 'Orders team' })!
  expect(definition).toMatchObject({
    name: 'Orders survive a lost worker',
    owner: 'Orders team',
    hypothesis: 'Orders are answered',
    target: 'http://127.0.0.1:8080',
    endpoints: [{ name: 'orders answer', method: 'GET', path: '/orders?open=1' }],
    processes: [
      { name: 'order-worker', pidFile: 'order-worker.pid' },
      { name: '4711', pid: 4711 },
    ],
    faults: [
      { on: 'order-worker', fault: { kind: 'kill' }, seconds: 15 },
      { on: '4711', fault: { kind: 'pause' }, seconds: 10 },
      { on: 'machine', fault: { kind: 'cpu', workers: 2 }, seconds: 10 },
    ],
  })
  expect(left.map(({ where }) => where)).toEqual([
    'steady-state-hypothesis.probes[1]',
    'method[3]',
    'rollbacks[0]',
  ])
})

test('what is no experiment is not taken for one, and one that asks nothing is refused [READY-GAMEDAY-04]', () => {
  expect(readChaosToolkit('name: A day\ntarget: demo\n', { owner: 'me' })).toBeNull()
  expect(readChaosToolkit('{ not json', { owner: 'me' })).toBeNull()
  const silent = { ...experiment, 'steady-state-hypothesis': null }
  expect(() => readChaosToolkit(JSON.stringify(silent), { owner: 'me' })).toThrow(
    expect.objectContaining({ code: 'experiment-without-probe' }),
  )
  // It can be told what to ask.
  const told = readChaosToolkit(JSON.stringify(silent), { owner: 'me', target: 'http://127.0.0.1:9000/' })!
  expect(told.definition).toMatchObject({ target: 'http://127.0.0.1:9000', endpoints: [{ path: '/' }] })
  const elsewhere = JSON.stringify({ ...experiment, configuration: { base: { type: 'env', key: 'BASE' } } })
  const { definition } = readChaosToolkit(elsewhere, { owner: 'me', target: 'http://127.0.0.1:9000' })!
  expect(definition.endpoints).toMatchObject([{ path: '/orders?open=1' }])
})

test('proxies and toxics of Toxiproxy become dependencies and faults, as long as they last there [READY-GAMEDAY-04]', () => {
  const toxi = (func: string, args: unknown, after?: number) => ({
    type: 'action',
    name: func,
    provider: {
      type: 'python',
      module: /proxy$|^reset$/.test(func) ? 'chaostoxi.proxy.actions' : 'chaostoxi.toxic.actions',
      func,
      arguments: args,
    },
    ...(after === undefined ? {} : { pauses: { after } }),
  })
  const made = {
    proxy_name: 'stock',
    upstream_host: '127.0.0.1',
    upstream_port: '${port}',
    listen_port: 6001,
  }
  const { definition, left } = readChaosToolkit(
    JSON.stringify({
      ...experiment,
      configuration: { ...experiment.configuration, port: 7001 },
      method: [
        toxi('create_proxy', made, 1),
        toxi('create_latency_toxic', { for_proxy: 'stock', toxic_name: 'slow', latency: 300, jitter: 20 }, 7),
        { ref: 'orders answer', pauses: { after: 5 } },
        toxi('delete_toxic', { for_proxy: 'stock', toxic_name: 'slow' }, 60),
        toxi('create_toxic', {
          for_proxy: 'stock',
          toxic_name: 'narrow',
          toxic_type: 'bandwidth',
          toxicity: 0.5,
          attributes: { rate: 2 },
        }),
        toxi('disable_proxy', { proxy_name: 'stock' }, 4),
        toxi('enable_proxy', { proxy_name: 'stock' }),
        toxi('create_slicer_toxic', { for_proxy: 'stock', toxic_name: 's', average_size: 9 }),
        toxi('create_latency_toxic', { for_proxy: 'unknown', toxic_name: 'x', latency: 5 }),
        {
          type: 'action',
          name: 'lose a pod',
          provider: { type: 'python', module: 'chaosk8s.pod.actions', func: 'terminate_pods' },
        },
      ],
    }),
    { owner: 'Orders team' },
  )!
  expect(definition.dependencies).toMatchObject([
    { name: 'stock', host: '127.0.0.1', port: 7001, listen: 6001 },
  ])
  expect(definition.faults).toEqual([
    { on: 'stock', fault: { kind: 'latency', ms: 300, jitterMs: 20 }, seconds: 12 },
    { on: 'stock', fault: { kind: 'bandwidth', bytesPerSecond: 2000, share: 0.5 }, seconds: 4 },
    { on: 'stock', fault: { kind: 'down' }, seconds: 4 },
  ])
  const advice = Object.fromEntries(left.map((one) => [one.where, one.advice]))
  expect(advice['method[7]']).toContain('no fault of ours')
  expect(advice['method[8]']).toContain('"unknown" is not made')
  expect(advice['method[9]']).toContain('Kubernetes cluster')
})
